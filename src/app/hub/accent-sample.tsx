import type { FC } from "hono/jsx";
import type { Hex } from "../../methods/contrast.ts";
import { deriveColors, GROUNDS } from "../../modules/directory/index.ts";

/** A spot of the color itself. An attribute of the drawing, since pages have no inline styles. */
export const Swatch: FC<{ color: Hex }> = ({ color }) => (
  <svg class="swatch" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
    <rect width="16" height="16" rx="3" fill={color} />
  </svg>
);

/** Lines between things, as client/styles/_tokens.scss has them. */
const LINES = { light: "#d9d3c5", dark: "#33413c" } as const;

/** A link, a button and a tint as they will look on light and on dark pages. */
export const AccentSample: FC<{ accent: Hex }> = ({ accent }) => {
  const colors = deriveColors(accent);
  return (
    <div class="cluster accent-sample">
      {(["light", "dark"] as const).map((scheme) => {
        const { leaf, leafDeep, leafWash } = colors[scheme];
        const page = { ...GROUNDS[scheme], line: LINES[scheme] };
        return (
          <svg
            viewBox="0 0 220 96"
            width="220"
            height="96"
            role="img"
            aria-label={`A link and a button on a ${scheme} page`}
          >
            <rect x="0.5" y="0.5" width="219" height="95" rx="6" fill={page.paper} stroke={page.line} />
            <text x="16" y="32" font-size="15" fill={leaf} text-decoration="underline">
              A link
            </text>
            <rect x="16" y="48" width="92" height="34" rx="5" fill={leaf} />
            <text x="62" y="70" font-size="14" font-weight="600" text-anchor="middle" fill={page.card}>
              A button
            </text>
            <rect x="120" y="16" width="84" height="66" rx="5" fill={leafWash} />
            <text x="162" y="54" font-size="14" text-anchor="middle" fill={leafDeep}>
              A tint
            </text>
          </svg>
        );
      })}
    </div>
  );
};
