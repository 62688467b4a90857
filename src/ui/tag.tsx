import type { FC, PropsWithChildren } from "hono/jsx";

export type TagTone = "good" | "warn" | "bad" | "neutral";

/** A word or two about a thing's state. The word says it; the color only helps to find it. */
export const Tag: FC<PropsWithChildren<{ tone?: TagTone | undefined }>> = ({
  tone = "neutral",
  children,
}) => <span class={tone === "neutral" ? "usa-tag" : `usa-tag tag--${tone}`}>{children}</span>;
