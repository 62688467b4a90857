import type { FC } from "hono/jsx";

export type DiffPart = { label: string; count: number; tone: "good" | "warn" | "neutral" | "bad" };

/** What will change, as one bar in proportion and the same in words. */
export const DiffBar: FC<{ parts: DiffPart[] }> = ({ parts }) => {
  const total = parts.reduce((sum, part) => sum + part.count, 0);
  let before = 0;
  return (
    <div class="diff">
      <svg class="diff-bar" width="100%" height="12" aria-hidden="true" focusable="false">
        {parts.map((part) => {
          const start = before;
          before += part.count;
          return total === 0 || part.count === 0 ? null : (
            <rect
              class={`mark--${part.tone}`}
              x={percent(start / total)}
              width={percent(part.count / total)}
              height="12"
            />
          );
        })}
      </svg>
      <ul class="diff-words">
        {parts.map((part) => (
          <li>
            <svg width="10" height="10" aria-hidden="true" focusable="false">
              <rect class={`mark--${part.tone}`} width="10" height="10" rx="2" />
            </svg>
            {part.count.toLocaleString("en-US")} {part.label}
          </li>
        ))}
      </ul>
    </div>
  );
};

const percent = (share: number): string => `${Number((share * 100).toFixed(2))}%`;
