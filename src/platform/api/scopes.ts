import type { Grant, Role } from "../database/actor.ts";

const READERS = ["administrator", "hub_staff", "organization_lead", "supervisor"] as const;
const WRITERS = ["administrator", "hub_staff", "organization_lead"] as const;

/** What a token may be given, in the words of the page that makes it; `who`: the roles that may do this at all. */
const scopes = {
  "organizations:read": { label: "Read organizations and their grantee codes", who: READERS },
  "organizations:write": { label: "Add organizations", who: ["administrator"] },
  "enrollments:read": { label: "Read trainees' records", who: READERS },
  "rosters:read": { label: "Read rosters: their state, findings and questions", who: READERS },
  "rosters:write": { label: "Bring in, commit and put aside rosters", who: WRITERS },
  "reports:read": { label: "Read annual reports and their figures", who: READERS },
  "adoptions:read": { label: "Read which practices organizations use", who: READERS },
  "events:read": { label: "Read what happened: the audit", who: WRITERS },
} as const satisfies Record<string, { label: string; who: readonly (Role | Grant)[] }>;

/** The closed list. */
export type Scope = keyof typeof scopes;
export const SCOPES = Object.keys(scopes) as Scope[];

export const isScope = (text: string): text is Scope => Object.hasOwn(scopes, text);

/** A scope in words; itself where a former version of the hub knew it. */
export const scopeLabel = (scope: string): string => (isScope(scope) ? scopes[scope].label : scope);

/** The roles that a scope is of use to; no token does more than its bearer's role may. */
export const whoOfScope = (scope: Scope): readonly (Role | Grant)[] => scopes[scope].who;

/** What a token of this role may be given; evaluators, who write nothing, get no scope that writes. */
export function scopesOfRole(role: Role, grants: readonly Grant[]): Scope[] {
  return SCOPES.filter(
    (scope) =>
      scopes[scope].who.some((allowed) => allowed === role) &&
      !(grants.includes("evaluator") && (scope.endsWith(":write") || scope.startsWith("rosters:"))),
  );
}
