import type { Child, FC, PropsWithChildren } from "hono/jsx";
import { Icon } from "./icon.tsx";
import { defineWords } from "./words.tsx";

const say = defineWords("form", {
  en: {
    error: "Error: ",
    optional: " (optional)",
    mend_one: "One thing to mend",
    mend_other: "{{shown}} things to mend",
  },
  es: {
    error: "Error: ",
    optional: " (opcional)",
    mend_one: "Hay algo que corregir",
    mend_other: "Hay {{shown}} cosas que corregir",
  },
});

/** The id of a field's control, so that an error's link can lead to it. */
export const fieldId = (name: string): string => `field-${name.replaceAll(/[^\w-]+/g, "-")}`;

/** What every field takes. */
export type FieldProps = {
  name: string;
  label: Child;
  hint?: Child;
  error?: string | undefined;
  /** True: must be filled. False: the label says "(optional)". Left out: neither, as in filters. */
  required?: boolean | undefined;
  disabled?: boolean | undefined;
  /** Only where two forms on a page have a field of the same name. */
  id?: string | undefined;
};

/** The attributes that tie a control to its hint and its error. */
export const described = (id: string, hint: Child, error: string | undefined) => ({
  "aria-describedby":
    [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ") || undefined,
  "aria-invalid": error ? ("true" as const) : undefined,
});

export const groupClass = (error: string | undefined): string =>
  error ? "usa-form-group usa-form-group--error" : "usa-form-group";

export const Hint: FC<{ id: string; hint: Child }> = ({ id, hint }) =>
  hint ? (
    <div class="usa-hint" id={`${id}-hint`}>
      {hint}
    </div>
  ) : null;

export const FieldError: FC<{ id: string; error: string | undefined }> = ({ id, error }) =>
  error ? (
    <div class="usa-error-message" id={`${id}-error`}>
      <Icon name="error" />
      <span>
        <span class="usa-sr-only">{say("error")}</span>
        {error}
      </span>
    </div>
  ) : null;

export const Optional: FC<{ required: boolean | undefined }> = ({ required }) =>
  required === false ? <span class="usa-hint">{say("optional")}</span> : null;

/** Label, hint and error around one control, in the order they are read. */
export const FieldFrame: FC<PropsWithChildren<FieldProps & { id: string }>> = (props) => (
  <div class={groupClass(props.error)}>
    <label class={props.error ? "usa-label usa-label--error" : "usa-label"} for={props.id}>
      {props.label}
      <Optional required={props.required} />
    </label>
    <Hint id={props.id} hint={props.hint} />
    <FieldError id={props.id} error={props.error} />
    {props.children}
  </div>
);

export type FormProps = PropsWithChildren<{
  action: string;
  method?: "get" | "post" | undefined;
  /** For files. */
  multipart?: boolean | undefined;
  id?: string | undefined;
  /** The form's name for screen readers, where a page has several. */
  label?: string | undefined;
}>;

/**
 * A form whose answers are checked by the server, which shows every mistake at once and keeps what was typed;
 * the browser's own bubbles are off. A second press of its button is ignored while the first is on its way.
 */
export const Form: FC<FormProps> = ({ action, method = "post", multipart, id, label, children }) => (
  <form
    class="usa-form usa-form--large form"
    action={action}
    method={method}
    enctype={multipart ? "multipart/form-data" : undefined}
    id={id}
    aria-label={label}
    novalidate
    data-submit-once={method === "post" ? "" : undefined}
  >
    {children}
  </form>
);

export type ErrorSummaryProps = {
  /** The field's name, or null for what concerns the whole form. */
  errors: { name: string | null; message: string }[];
  heading?: string | undefined;
};

/** Every mistake in one list, each a link to its field. It takes the focus when the page opens. */
export const ErrorSummary: FC<ErrorSummaryProps> = ({ errors, heading }) =>
  errors.length === 0 ? null : (
    <div class="usa-alert usa-alert--error error-summary" role="alert" tabindex={-1} data-error-summary>
      <Icon name="error" />
      <div class="usa-alert__body">
        <h2 class="usa-alert__heading">{heading ?? say("mend", { count: errors.length })}</h2>
        <ul class="usa-alert__text">
          {errors.map(({ name, message }) => (
            <li>{name === null ? message : <a href={`#${fieldId(name)}`}>{message}</a>}</li>
          ))}
        </ul>
      </div>
    </div>
  );

/** A value that travels with the form unseen. */
export const Hidden: FC<{ name: string; value: string | number }> = ({ name, value }) => (
  <input type="hidden" name={name} value={String(value)} />
);

/** Questions that belong together, with a heading that is read before each of them. */
export const Fieldset: FC<PropsWithChildren<{ legend: Child; hint?: Child }>> = ({
  legend,
  hint,
  children,
}) => (
  <fieldset class="usa-fieldset">
    <legend class="usa-legend usa-legend--large">{legend}</legend>
    {hint ? <p class="usa-hint">{hint}</p> : null}
    {children}
  </fieldset>
);

/** Short fields side by side on a wide screen. */
export const FieldRow: FC<PropsWithChildren> = ({ children }) => <div class="field-row">{children}</div>;

export type ButtonProps = {
  label: Child;
  /** A link where it has an address, else a submit button. */
  href?: string | undefined;
  name?: string | undefined;
  value?: string | undefined;
  /** Sends the form elsewhere: "save as draft" beside "send". */
  formaction?: string | undefined;
  /** For what cannot be taken back. */
  danger?: boolean | undefined;
};

/** One button or button-like link. `quiet` ones are outlined; a page has one filled button. */
export const Button: FC<ButtonProps & { quiet?: boolean | undefined }> = ({
  label,
  href,
  quiet,
  danger,
  ...rest
}) => {
  const look = `usa-button${quiet ? " usa-button--outline" : ""}${danger ? " usa-button--secondary" : ""}`;
  return href === undefined ? (
    <button class={look} type="submit" name={rest.name} value={rest.value} formaction={rest.formaction}>
      {label}
    </button>
  ) : (
    <a class={look} href={href}>
      {label}
    </a>
  );
};

/** The next step, filled, then the quiet ways beside it. */
export const Buttons: FC<{ main?: ButtonProps | undefined; quiet?: ButtonProps[] | undefined }> = ({
  main,
  quiet = [],
}) => (
  <div class="buttons">
    {main ? <Button {...main} /> : null}
    {quiet.map((button) => (
      <Button {...button} quiet />
    ))}
  </div>
);

/** A form of one button, for an action beside a thing: undo, archive, approve. */
export const ActionButton: FC<
  ButtonProps & { action: string; quiet?: boolean | undefined; fields?: Record<string, string> | undefined }
> = ({ action, fields = {}, ...button }) => (
  <form class="action" method="post" action={action} data-submit-once="">
    {Object.entries(fields).map(([name, value]) => (
      <Hidden name={name} value={value} />
    ))}
    <Button {...button} quiet={button.quiet ?? true} />
  </form>
);
