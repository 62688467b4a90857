import type { Hex } from "../../../methods/contrast.ts";

export const LOGO_TYPES = ["image/png", "image/jpeg", "image/webp"] as const;
export type LogoType = (typeof LOGO_TYPES)[number];

/** The hub's own picture, a stored file. */
export interface Logo {
  hash: string;
  type: LogoType;
  width: number;
  height: number;
  /** The picture shows the hub's name, so that it is not written beside it. */
  saysName: boolean;
}

/** The first steps of a new hub, in their order. */
export const FIRST_STEPS = ["name", "logo", "colors", "time-zone", "mail", "organization", "roster"] as const;
export type FirstStep = (typeof FIRST_STEPS)[number];

/** What the hub says of itself. */
export interface Hub {
  name: string;
  /** For the head of the pages, where the name is long. */
  shortName: string | null;
  isDemo: boolean;
  logo: Logo | null;
  /** Null: the colors that Trellis brings. */
  accent: Hex | null;
  /** An IANA name. */
  timeZone: string;
  stepsDone: readonly FirstStep[];
  stepsLater: readonly FirstStep[];
  /** The first steps are finished or put aside. */
  stepsEnded: boolean;
}
