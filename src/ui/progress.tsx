import type { Child, FC } from "hono/jsx";

export type ProgressProps = {
  /** What is under way: "Reading rows". */
  label: string;
  done: number;
  /** Left out where it is not known. */
  total?: number | undefined;
  /** How far and how long, in words: "about 20 seconds left". */
  text?: Child;
  /** While it runs: the address of this region as a fragment, fetched again every so many milliseconds. */
  poll?: { href: string; every: number } | undefined;
  /** Where the page goes by itself when the work has ended. */
  then?: string | undefined;
};

const count = (value: number): string => value.toLocaleString("en-US");

/** How far a longer piece of work is. The fragment behind `poll` renders it again; without `poll` it has ended. */
export const Progress: FC<ProgressProps> = ({ label, done, total, text, poll, then }) => {
  return (
    <div
      class="progress"
      aria-live="polite"
      data-poll={poll?.href}
      data-every={poll ? String(poll.every) : undefined}
      data-then={then}
    >
      <p class="progress-text">
        <b>{label}</b>{" "}
        <span class="num soft">
          {total === undefined ? count(done) : `${count(done)} of ${count(total)}`}
          {text ? <> · {text}</> : null}
        </span>
      </p>
      <progress
        aria-label={label}
        {...(total === undefined ? {} : { value: done, max: Math.max(total, 1) })}
      />
    </div>
  );
};
