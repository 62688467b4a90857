import { createHash } from "node:crypto";
import { projectFolder } from "../config/project-folder.ts";
import { describeError } from "../log/log.ts";

/** What is kept of a failed request or job. */
export interface DescribedFailure {
  fingerprint: string;
  errorType: string;
  code: string | null;
  stack: string[];
}

const MOST_FRAMES = 8;
/** "at name (file:///place/src/file.ts:1:2)": what has another form may be a line of the message. */
const FRAME = /^at (?:(?:async )?([\w$.<>[\] ]+) \()?(?:file:\/\/)?(\/[^():]+):(\d+):\d+\)?$/;
const WORD = /^[\w.-]{1,60}$/;

/** Class, code and place of an error in Trellis's own files, without its message: PostgreSQL's quote values. */
export function describeFailure(kind: "request" | "job", place: string, error: unknown): DescribedFailure {
  const { type, code, stack } = describeError(error);
  const errorType = WORD.test(type) ? type : "Error";
  const safeCode = code !== undefined && WORD.test(code) ? code : null;
  const frames = stack.flatMap(relativeFrame);
  // Where the error came out of a package without a trace of who called it, its own place is better than none.
  const own = frames.filter((frame) => !frame.includes("node_modules/"));
  const kept = (own.length > 0 ? own : frames).slice(0, MOST_FRAMES);
  const fingerprint = createHash("sha256")
    .update(JSON.stringify([kind, place, errorType, safeCode, kept[0] ?? null]))
    .digest("hex");
  return { fingerprint, errorType, code: safeCode, stack: kept };
}

function relativeFrame(line: string): string[] {
  const [, name = "", path = "", row = ""] = FRAME.exec(line) ?? [];
  if (!path.startsWith(`${projectFolder}/`)) return [];
  return [`${path.slice(projectFolder.length + 1)}:${row}${name ? ` ${name}` : ""}`];
}
