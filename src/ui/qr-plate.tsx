import { raw } from "hono/html";
import type { FC } from "hono/jsx";
import { renderSVG } from "uqr";

/** A text as a picture to scan, dark on light in every mode. What it says must also be there to type. */
export const QrPlate: FC<{ text: string }> = ({ text }) => (
  <div class="qr">{raw(renderSVG(text, { border: 2 }))}</div>
);
