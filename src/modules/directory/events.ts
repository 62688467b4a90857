import { z } from "zod";
import { defineEvent } from "../../platform/events/event.ts";

export const hubCreated = defineEvent("directory.hub-created", z.object({ demo: z.boolean() }));
export const organizationCreated = defineEvent(
  "directory.organization-created",
  z.object({ type: z.string() }),
);
export const granteeCodeAdded = defineEvent("directory.grantee-code-added", z.object({ code: z.string() }));
export const awardAdded = defineEvent("directory.award-added", z.object({ award: z.string() }));
export const membershipStarted = defineEvent(
  "directory.membership-started",
  z.object({ membership: z.string(), role: z.string(), grants: z.array(z.string()) }),
);
export const membershipEnded = defineEvent(
  "directory.membership-ended",
  z.object({ membership: z.string() }),
);
export const signedIn = defineEvent("directory.signed-in", z.object({}));
export const signedOut = defineEvent("directory.signed-out", z.object({}));
export const passwordChanged = defineEvent(
  "directory.password-changed",
  z.object({ byAdministrator: z.boolean() }),
);
export const sessionsEnded = defineEvent("directory.sessions-ended", z.object({ ended: z.number() }));
export const organizationSwitched = defineEvent(
  "directory.organization-switched",
  z.object({ membership: z.string() }),
);
export const shortageDesignationsLoaded = defineEvent(
  "directory.shortage-designations-loaded",
  z.object({ designations: z.number(), counties: z.number() }),
);

/** Everything this module records. */
export const directoryEvents = [
  hubCreated,
  organizationCreated,
  granteeCodeAdded,
  awardAdded,
  membershipStarted,
  membershipEnded,
  signedIn,
  signedOut,
  passwordChanged,
  sessionsEnded,
  organizationSwitched,
  shortageDesignationsLoaded,
] as const;
