import type { Context } from "hono";
import { dropHubCookie, getHubCookie, setHubCookie } from "./hub-cookie.ts";

/** One sentence that follows a redirect. Without personal data: it travels in a cookie. */
export interface Flash {
  kind: "good" | "warn" | "bad" | "info";
  text: string;
}

const NAME = "trellis_flash";
const SECONDS = 60;
const KINDS = new Set(["good", "warn", "bad", "info"]);

export function setFlash(c: Context, flash: Flash): void {
  setHubCookie(c, NAME, `${flash.kind}.${encodeURIComponent(flash.text)}`, SECONDS);
}

/** The sentence of the last redirect, once. */
export function takeFlash(c: Context): Flash | null {
  const value = getHubCookie(c, NAME);
  if (!value) return null;
  dropHubCookie(c, NAME);
  const dot = value.indexOf(".");
  const kind = value.slice(0, dot);
  if (!KINDS.has(kind)) return null;
  try {
    return { kind: kind as Flash["kind"], text: decodeURIComponent(value.slice(dot + 1)).slice(0, 300) };
  } catch {
    return null;
  }
}
