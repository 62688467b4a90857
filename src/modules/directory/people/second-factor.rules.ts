import type { Role } from "../../../platform/database/actor.ts";

interface Choice {
  role: Role;
  hasAuthenticator: boolean;
  hasPasskey: boolean;
}

/** Who may do much must show two things: administrators and hub staff, in whichever of their memberships they act. */
export const needsSecondFactor = (choices: readonly Pick<Choice, "role">[]): boolean =>
  choices.some(({ role }) => role === "administrator" || role === "hub_staff");

/**
 * What a session lacks before it may act: nothing (null), a second factor that the user has, or one that must be made.
 * Whoever has set up an authenticator is asked for it, needed or not: that is what they set it up for.
 */
export function missingFactor(
  choices: readonly Choice[],
  session: { secondFactorAt: Date | null; isShared: boolean },
): "show" | "set-up" | null {
  const [first] = choices;
  if (!first || session.secondFactorAt !== null || session.isShared) return null;
  if (first.hasAuthenticator) return "show";
  if (!needsSecondFactor(choices)) return null;
  return first.hasPasskey ? "show" : "set-up";
}
