// What a look at an address makes of it. Pure.
import type { Finding, KnownLink, LinkProblem, LinkState } from "./link.types.ts";

/** One bad day says little: a link is dead when it failed on so many days in a row. */
export const DEAD_AFTER_DAYS = 3;

export interface LinkResult {
  url: string;
  state: LinkState;
  status: number | null;
  problem: LinkProblem | null;
  movedTo: string | null;
  failedDays: number;
  failedOn: string | null;
}

/** What is known of a link after a look at it. A second look on the same day adds no day. */
export function judge(known: KnownLink, finding: Finding, day: string): LinkResult {
  const well = { url: known.url, status: null, problem: null, movedTo: null, failedDays: 0, failedOn: null };
  switch (finding.state) {
    case "ok":
      return { ...well, state: "ok" };
    case "moved":
      return { ...well, state: "moved", movedTo: finding.to };
    case "guarded":
      return { ...well, state: "guarded", status: finding.status };
    case "failed": {
      const failedDays = known.failedDays + (known.failedOn === day ? 0 : 1);
      return {
        ...well,
        state: failedDays >= DEAD_AFTER_DAYS ? "dead" : "failing",
        status: finding.status,
        problem: finding.problem,
        failedDays,
        failedOn: day,
      };
    }
  }
}

/** From so many hosts on, that none of them answered says more of the hub's own network than of theirs. */
const MANY_HOSTS = 3;

/** Whether the hub itself had no way out: then a run says nothing of any link. */
export function hadNoWayOut(findings: readonly { url: string; finding: Finding }[]): boolean {
  const hosts = new Set(findings.map(({ url }) => new URL(url).host));
  return (
    hosts.size >= MANY_HOSTS &&
    findings.every(
      ({ finding }) => finding.state === "failed" && finding.status === null && finding.problem !== "private",
    )
  );
}
