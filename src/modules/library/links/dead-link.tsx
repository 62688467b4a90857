import type { FC } from "hono/jsx";
import { dayInWords } from "../../../ui/moment.ts";
import { defineWords } from "../../../ui/words.tsx";

const say = defineWords("library-links", {
  en: { dead: "This link was dead on {{day}}." },
  es: { dead: "Este enlace no funcionaba el {{day}}." },
});

/** The dead ones of a page's links, with the day on which that was seen last. */
export type DeadLinks = ReadonlyMap<string, Date>;

/** Beside a link that leads nowhere any more. */
export const DeadLink: FC<{ url: string; dead: DeadLinks | undefined }> = ({ url, dead }) => {
  const seen = dead?.get(url);
  return seen ? <span class="small dead-link"> {say("dead", { day: dayInWords(seen) })}</span> : null;
};
