import type { Child } from "hono/jsx";

/** More letters than a word has that people write: a pasted key, an address, a name run together. */
const LONG = /\S{28,}/gu;
const PIECE = /.{1,14}/gu;

/** Text whose endless words may break, so that one of them cannot push a table off the screen or the paper. Others stay whole. */
export function breakLongWords(child: Child): Child {
  if (typeof child !== "string" || child.search(LONG) === -1) return child;
  // Not marks inside the text: they would be copied along with it.
  return child.split(/(\S{28,})/u).map((part) =>
    part.search(LONG) === -1
      ? part
      : (part.match(PIECE) ?? []).map((piece) => (
          <>
            {piece}
            <wbr />
          </>
        )),
  );
}
