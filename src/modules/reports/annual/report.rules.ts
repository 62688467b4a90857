import type { YearFigures } from "../figures/report-figures.types.ts";
import type { FigureChange, ReportState } from "./report.types.ts";

export type ReportStep = "submit" | "return" | "accept" | "correct";

const FROM: Record<ReportStep, readonly ReportState[]> = {
  submit: ["draft", "returned"],
  return: ["submitted"],
  accept: ["submitted"],
  correct: ["accepted"],
};

/** Whether a report in this state can take the step: draft -> submitted -> returned or accepted; accepted -> correction. */
export function canTake(step: ReportStep, state: ReportState): boolean {
  return FROM[step].includes(state);
}

/** Whether figures and narrative may still change. */
export function isOpen(state: ReportState): boolean {
  return state === "draft" || state === "returned";
}

/** Every number of a year's figures by its place: "by.outcome.completed.trainees" -> 21. */
function flatten(value: unknown, place: string, into: Map<string, number>): Map<string, number> {
  if (typeof value === "number") into.set(place, value);
  else if (typeof value === "object" && value !== null)
    for (const [key, inner] of Object.entries(value))
      flatten(inner, place === "" ? key : `${place}.${key}`, into);
  return into;
}

/** What differs between two versions of the same figures, in their order; null where a figure was not there. */
export function compareFigures(before: YearFigures, after: YearFigures): FigureChange[] {
  const old = flatten(before, "", new Map());
  const fresh = flatten(after, "", new Map());
  const changes: FigureChange[] = [];
  for (const figure of new Set([...old.keys(), ...fresh.keys()])) {
    const [was, is] = [old.get(figure) ?? null, fresh.get(figure) ?? null];
    if (was !== is) changes.push({ figure, before: was, after: is });
  }
  return changes;
}

/** A figure's place in words: "by.outcome.completed.trainees" -> "outcome, completed: trainees". */
export function figureInWords(figure: string): string {
  const parts = figure.split(".").filter((part) => part !== "by" && part !== "categories");
  const words = parts.map((part) =>
    part
      .replaceAll("_", " ")
      .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
      .toLowerCase(),
  );
  const last = words.pop() ?? "";
  return words.length > 0 ? `${words.join(", ")}: ${last}` : last;
}
