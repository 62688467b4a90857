import type { FC, PropsWithChildren } from "hono/jsx";
import { Hidden } from "./form.tsx";
import { defineWords } from "./words.tsx";

const say = defineWords("filter-form", {
  en: { label: "Choose what is shown", show: "Show", clear: "Clear" },
  es: { label: "Elija qué se muestra", show: "Mostrar", clear: "Borrar" },
});

export type FilterFormProps = PropsWithChildren<{
  action: string;
  /** What the address must keep: the order, for one. */
  keep?: Record<string, string> | undefined;
  /** The list without filters; shown when one is set. */
  clearHref?: string | null | undefined;
  label?: string | undefined;
  /** On the button. */
  submit?: string | undefined;
}>;

/** The fields above a list that choose what it shows. A GET form: its answer is an address to keep or send. */
export const FilterForm: FC<FilterFormProps> = ({
  action,
  keep = {},
  clearHref,
  label,
  submit,
  children,
}) => (
  <search>
    <form class="filters" method="get" action={action} aria-label={label ?? say("label")}>
      {Object.entries(keep).map(([name, value]) => (
        <Hidden name={name} value={value} />
      ))}
      {children}
      <div class="filters-end">
        <button class="usa-button usa-button--outline" type="submit">
          {submit ?? say("show")}
        </button>
        {clearHref ? <a href={clearHref}>{say("clear")}</a> : null}
      </div>
    </form>
  </search>
);
