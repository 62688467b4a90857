import type { FC } from "hono/jsx";
import { Tag } from "../../../ui/tag.tsx";

/** What a finding does to its row. */
export const EffectTag: FC<{ severity: string }> = ({ severity }) =>
  severity === "error" ? <Tag tone="bad">Row left out</Tag> : <Tag tone="warn">Loaded, flagged</Tag>;
