import {
  contrast,
  type Hex,
  leastContrast,
  MARK_CONTRAST,
  mix,
  nearestReadable,
  readHex,
  TEXT_CONTRAST,
} from "../../../methods/contrast.ts";

/** The colors that pages lay text on, as client/styles/_tokens.scss has them; a test compares. */
export const GROUNDS = {
  light: {
    paper: "#fbf8f2",
    card: "#ffffff",
    wash: "#f1ecdf",
    "marigold-wash": "#fdf0d8",
    "clay-wash": "#fbe6df",
    "sky-wash": "#e4eef6",
  },
  dark: {
    paper: "#131a18",
    card: "#1a2421",
    wash: "#1f2a26",
    "marigold-wash": "#3a2e14",
    "clay-wash": "#40231b",
    "sky-wash": "#1b2f40",
  },
} as const satisfies Record<"light" | "dark", Record<string, Hex>>;

/** What else is written on a tint of the accent. */
export const INKS: Readonly<Record<"light" | "dark", readonly Hex[]>> = {
  light: ["#1d2b27", "#55635d"],
  dark: ["#ecefe9", "#a9b6af"],
};

/** The accent that Trellis brings. */
export const OWN_ACCENT: Hex = "#1c5a4a";

/** Accents to choose from; each passes. */
export const PALETTE: readonly { label: string; accent: Hex }[] = [
  { label: "Trellis green", accent: OWN_ACCENT },
  { label: "Lake blue", accent: "#1f5582" },
  { label: "Teal", accent: "#0b5d66" },
  { label: "Indigo", accent: "#3f4a9c" },
  { label: "Plum", accent: "#6a3d75" },
  { label: "Berry", accent: "#8a2a55" },
  { label: "Moss", accent: "#4d5a1e" },
  { label: "Slate", accent: "#44525f" },
];

/** The accent's parts on light or dark pages. */
export interface AccentColors {
  leaf: Hex;
  leafDeep: Hex;
  leafWash: Hex;
}

const groundsOf = (scheme: "light" | "dark"): Hex[] => Object.values(GROUNDS[scheme]);

/** How strong the tint behind the accent may be, so that everything on it can be read. */
function washOf(scheme: "light" | "dark", on: readonly Hex[], most: number): Hex {
  const { card } = GROUNDS[scheme];
  const [leaf] = on;
  for (let share = most; share > 0.01; share -= 0.01) {
    const wash = mix(leaf ?? card, card, share);
    if ([...on, ...INKS[scheme]].every((color) => contrast(color, wash) >= TEXT_CONTRAST)) return wash;
  }
  return card;
}

/** On light pages the accent itself; on dark ones a lighter shade of it that passes. */
export function deriveColors(accent: Hex): { light: AccentColors; dark: AccentColors } {
  const lightDeep = nearestReadable(mix("#000000", accent, 0.3), groundsOf("light"), "darker", 7);
  const darkLeaf = nearestReadable(accent, groundsOf("dark"), "lighter", 5.5);
  const darkDeep = nearestReadable(mix("#ffffff", darkLeaf, 0.4), groundsOf("dark"), "lighter", 8);
  return {
    light: { leaf: accent, leafDeep: lightDeep, leafWash: washOf("light", [accent, lightDeep], 0.12) },
    dark: { leaf: darkLeaf, leafDeep: darkDeep, leafWash: washOf("dark", [darkLeaf, darkDeep], 0.18) },
  };
}

export type AccentVerdict =
  | { accent: Hex; problem: null; measured: number }
  /** Why it cannot be used, its least contrast, and the nearest shade that can. */
  | { accent: Hex; problem: string; measured: number; nearest: Hex };

/** Cut, not rounded: 4.49 must not be called 4.5. */
const ratioText = (ratio: number): string => (Math.floor(ratio * 10) / 10).toFixed(1);

/**
 * Whether the accent can be read: as a link on every light ground, under the white words of a button (the card's color),
 * and as an edge. @returns null where the text is no color.
 */
export function judgeAccent(text: string): AccentVerdict | null {
  const accent = readHex(text);
  if (!accent) return null;
  const measured = leastContrast(accent, groundsOf("light")).ratio;
  const onIt = contrast(GROUNDS.light.card, accent);
  if (measured >= TEXT_CONTRAST) return { accent, problem: null, measured };
  const edges = measured < MARK_CONTRAST ? ", and edges and marks need 3 to 1" : "";
  return {
    accent,
    measured,
    problem: `${accent} cannot be read well enough: as a link its contrast is ${ratioText(measured)} to 1 on the page's darkest ground, and white words on it have ${ratioText(onIt)} to 1. Both need 4.5 to 1${edges}.`,
    nearest: nearestReadable(accent, groundsOf("light"), "darker"),
  };
}

const block = ({ leaf, leafDeep, leafWash }: AccentColors): string =>
  `:root{--leaf:${leaf};--leaf-deep:${leafDeep};--leaf-wash:${leafWash}}`;

/** The style sheet of an accent. The person's own colors go before the hub's. */
export function accentStyles(accent: Hex): string {
  const { light, dark } = deriveColors(accent);
  return `@media (forced-colors:none){${block(light)}}
@media screen and (prefers-color-scheme:dark) and (forced-colors:none){${block(dark)}}
`;
}
