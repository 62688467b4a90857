import type { Child, FC, PropsWithChildren } from "hono/jsx";
import { Icon, type IconName } from "./icon.tsx";
import { defineWords } from "./words.tsx";

const say = defineWords("alert", {
  en: { good: "Done", warn: "Please note", bad: "Problem", info: "Note" },
  es: { good: "Listo", warn: "Atención", bad: "Problema", info: "Nota" },
});

export type AlertKind = "good" | "warn" | "bad" | "info";

const looks: Record<AlertKind, { usa: string; icon: IconName }> = {
  good: { usa: "usa-alert--success", icon: "done" },
  warn: { usa: "usa-alert--warning", icon: "warning" },
  bad: { usa: "usa-alert--error", icon: "error" },
  info: { usa: "usa-alert--info", icon: "info" },
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
      <Icon name={look.icon} label={say(kind)} />
      <div class="usa-alert__body">
        {heading ? <Heading class="usa-alert__heading">{heading}</Heading> : null}
        <div class="usa-alert__text">{children}</div>
      </div>
    </div>
  );
};
