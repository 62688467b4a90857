import { z } from "zod";
import { defineEvent } from "../../platform/events/event.ts";

export const hubCreated = defineEvent("directory.hub-created", z.object({ demo: z.boolean() }));
export const hubRenamed = defineEvent("directory.hub-renamed", z.object({}));
export const hubLogoChanged = defineEvent(
  "directory.hub-logo-changed",
  z.object({ file: z.string().nullable() }),
);
export const hubColorsChanged = defineEvent(
  "directory.hub-colors-changed",
  z.object({ accent: z.string().nullable() }),
);
export const hubTimeZoneChanged = defineEvent(
  "directory.hub-time-zone-changed",
  z.object({ timeZone: z.string() }),
);
export const firstStepNoted = defineEvent(
  "directory.first-step-noted",
  z.object({ step: z.string(), how: z.enum(["done", "later"]) }),
);
export const firstStepsEnded = defineEvent("directory.first-steps-ended", z.object({}));
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
export const signedIn = defineEvent(
  "directory.signed-in",
  z.object({ by: z.enum(["password", "link", "passkey", "agency"]), secondFactor: z.boolean() }),
);
export const signedOut = defineEvent("directory.signed-out", z.object({}));
export const passwordChanged = defineEvent(
  "directory.password-changed",
  z.object({ byAdministrator: z.boolean() }),
);
export const linkSent = defineEvent("directory.link-sent", z.object({ purpose: z.string() }));
export const secondFactorSetUp = defineEvent("directory.second-factor-set-up", z.object({}));
export const secondFactorRemoved = defineEvent(
  "directory.second-factor-removed",
  z.object({ byAdministrator: z.boolean() }),
);
export const recoveryCodesRenewed = defineEvent("directory.recovery-codes-renewed", z.object({}));
export const recoveryCodeUsed = defineEvent("directory.recovery-code-used", z.object({ left: z.number() }));
export const passkeyAdded = defineEvent("directory.passkey-added", z.object({}));
export const passkeyRemoved = defineEvent("directory.passkey-removed", z.object({}));
export const agencyJoined = defineEvent("directory.agency-joined", z.object({}));
export const roleChanged = defineEvent(
  "directory.role-changed",
  z.object({ membership: z.string(), role: z.string(), grants: z.array(z.string()) }),
);
export const personRenamed = defineEvent("directory.person-renamed", z.object({ email: z.boolean() }));
export const personDeactivated = defineEvent("directory.person-deactivated", z.object({}));
export const personReactivated = defineEvent("directory.person-reactivated", z.object({}));
export const personalDataTaken = defineEvent("directory.personal-data-taken", z.object({}));
export const erasureAsked = defineEvent("directory.erasure-asked", z.object({ request: z.string() }));
export const erasureDecided = defineEvent(
  "directory.erasure-decided",
  z.object({ request: z.string(), decision: z.enum(["erased", "refused", "withdrawn"]) }),
);
export const sessionsEnded = defineEvent("directory.sessions-ended", z.object({ ended: z.number() }));
export const organizationSwitched = defineEvent(
  "directory.organization-switched",
  z.object({ membership: z.string() }),
);
export const mailPreferenceChanged = defineEvent(
  "directory.mail-preference-changed",
  z.object({ digest: z.string(), reminders: z.boolean(), byLink: z.boolean() }),
);
export const shortageDesignationsLoaded = defineEvent(
  "directory.shortage-designations-loaded",
  z.object({ designations: z.number(), counties: z.number() }),
);

export const tokenMade = defineEvent(
  "directory.token-made",
  z.object({ token: z.string(), membership: z.string(), scopes: z.array(z.string()), until: z.string() }),
);
export const tokenRevoked = defineEvent("directory.token-revoked", z.object({ token: z.string() }));

/** Everything this module records. */
export const directoryEvents = [
  hubCreated,
  hubRenamed,
  hubLogoChanged,
  hubColorsChanged,
  hubTimeZoneChanged,
  firstStepNoted,
  firstStepsEnded,
  organizationCreated,
  granteeCodeAdded,
  awardAdded,
  membershipStarted,
  membershipEnded,
  signedIn,
  signedOut,
  passwordChanged,
  linkSent,
  secondFactorSetUp,
  secondFactorRemoved,
  recoveryCodesRenewed,
  recoveryCodeUsed,
  passkeyAdded,
  passkeyRemoved,
  agencyJoined,
  roleChanged,
  personRenamed,
  personDeactivated,
  personReactivated,
  personalDataTaken,
  erasureAsked,
  erasureDecided,
  sessionsEnded,
  organizationSwitched,
  mailPreferenceChanged,
  shortageDesignationsLoaded,
  tokenMade,
  tokenRevoked,
] as const;
