import { posix } from "node:path";

/** The way from one file of the copy to another, as a page writes it: it works wherever the copy lies. */
export function relativeAddress(from: string, to: string): string {
  const way = posix.relative(posix.dirname(from), to);
  return way.split("/").map(encodeURIComponent).join("/");
}
