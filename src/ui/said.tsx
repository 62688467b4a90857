import type { Child, FC } from "hono/jsx";
import { langOf } from "./language.ts";

/** Words that somebody wrote in a language, among those of the page: read out, hyphenated and translated as what they are. */
export const Said: FC<{ in: string; children: Child }> = ({ in: language, children }) => {
  const lang = langOf(language);
  return lang ? <span lang={lang}>{children}</span> : <>{children}</>;
};
