import type { Child, FC, PropsWithChildren } from "hono/jsx";
import { Icon, type IconName } from "./icon.tsx";

export type AlertKind = "good" | "warn" | "bad" | "info";

const looks: Record<AlertKind, { usa: string; icon: IconName; word: string }> = {
  good: { usa: "usa-alert--success", icon: "done", word: "Done" },
  warn: { usa: "usa-alert--warning", icon: "warning", word: "Please note" },
  bad: { usa: "usa-alert--error", icon: "error", word: "Problem" },
  info: { usa: "usa-alert--info", icon: "info", word: "Note" },
};

export type AlertProps = PropsWithChildren<{
  kind: AlertKind;
  heading?: Child;
  /** 2 to 4, to fit the page's outline. */
  level?: 2 | 3 | 4 | undefined;
  /** True for the answer to what the person just did: it is announced. */
  announce?: boolean | undefined;
}>;

/** A boxed message. Its kind is said by an icon and a word, never by color alone. */
export const Alert: FC<AlertProps> = ({ kind, heading, level = 2, announce, children }) => {
  const look = looks[kind];
  const Heading = `h${level}` as "h2";
  return (
    <div class={`usa-alert ${look.usa}`} role={announce ? (kind === "bad" ? "alert" : "status") : undefined}>
      <Icon name={look.icon} label={look.word} />
      <div class="usa-alert__body">
        {heading ? <Heading class="usa-alert__heading">{heading}</Heading> : null}
        <div class="usa-alert__text">{children}</div>
      </div>
    </div>
  );
};
