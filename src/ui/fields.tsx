import type { Child, FC } from "hono/jsx";
import { described, FieldFrame, type FieldProps, fieldId } from "./form.tsx";
import { defineWords } from "./words.tsx";

const say = defineWords("fields", { en: { choose: "Choose one" }, es: { choose: "Elija una opción" } });

export type TextFieldProps = FieldProps & {
  value?: string | number | null | undefined;
  type?: "text" | "email" | "tel" | "url" | "search" | "number" | undefined;
  inputmode?: "numeric" | "decimal" | "email" | "tel" | "url" | "search" | undefined;
  autocomplete?: string | undefined;
  /** How long the answer usually is; the box is as wide. */
  width?: "short" | "medium" | "long" | undefined;
  maxlength?: number | undefined;
  spellcheck?: boolean | undefined;
};

const inputClass = (error: string | undefined, width?: string): string =>
  `usa-input${width ? ` input--${width}` : ""}${error ? " usa-input--error" : ""}`;

/** One line of text, or a number. */
export const TextField: FC<TextFieldProps> = (props) => {
  const id = props.id ?? fieldId(props.name);
  // A number is typed as text with a number keyboard: the wheel cannot change it and a wrong entry is kept as typed.
  const numeric = props.type === "number";
  return (
    <FieldFrame {...props} id={id}>
      <input
        class={inputClass(props.error, props.width ?? (numeric ? "short" : undefined))}
        id={id}
        name={props.name}
        type={numeric ? "text" : (props.type ?? "text")}
        inputmode={props.inputmode ?? (numeric ? "decimal" : undefined)}
        value={props.value === null || props.value === undefined ? undefined : String(props.value)}
        autocomplete={props.autocomplete}
        maxlength={props.maxlength}
        spellcheck={props.spellcheck}
        required={props.required}
        disabled={props.disabled}
        {...described(id, props.hint, props.error)}
      />
    </FieldFrame>
  );
};

export type PasswordFieldProps = FieldProps & {
  autocomplete?: "current-password" | "new-password" | "one-time-code" | undefined;
};

/** A secret. Its value is never sent back to the page. */
export const PasswordField: FC<PasswordFieldProps> = (props) => {
  const id = props.id ?? fieldId(props.name);
  return (
    <FieldFrame {...props} id={id}>
      <input
        class={inputClass(props.error)}
        id={id}
        name={props.name}
        type="password"
        autocomplete={props.autocomplete ?? "current-password"}
        autocapitalize="off"
        spellcheck={false}
        required={props.required}
        disabled={props.disabled}
        {...described(id, props.hint, props.error)}
      />
    </FieldFrame>
  );
};

export type TextAreaProps = FieldProps & {
  value?: string | null | undefined;
  rows?: number | undefined;
  maxlength?: number | undefined;
};

/** Several lines of text; it grows with what is written where the browser can. */
export const TextArea: FC<TextAreaProps> = (props) => {
  const id = props.id ?? fieldId(props.name);
  return (
    <FieldFrame {...props} id={id}>
      <textarea
        class={`usa-textarea${props.error ? " usa-input--error" : ""}`}
        id={id}
        name={props.name}
        rows={props.rows ?? 4}
        maxlength={props.maxlength}
        required={props.required}
        disabled={props.disabled}
        {...described(id, props.hint, props.error)}
      >
        {
          // The parser drops one line break after the tag; ours keeps what was typed.
          props.value?.startsWith("\n") ? `\n${props.value}` : (props.value ?? "")
        }
      </textarea>
    </FieldFrame>
  );
};

export type Option = {
  value: string;
  label: string;
  hint?: string | undefined;
  disabled?: boolean | undefined;
  /** Shown before the label of a radio or checkbox: a swatch, an icon. The label says it in words. */
  mark?: Child;
};
export type OptionGroup = { label: string; options: Option[] };

export type SelectProps = FieldProps & {
  value?: string | null | undefined;
  options: (Option | OptionGroup)[];
  /** The first, empty choice; null leaves it out. */
  empty?: string | null | undefined;
  autocomplete?: string | undefined;
};

/** One of many. For fewer than six, Radios are quicker. */
export const Select: FC<SelectProps> = (props) => {
  const id = props.id ?? fieldId(props.name);
  const empty = props.empty === undefined ? say("choose") : props.empty;
  const option = (item: Option) => (
    <option value={item.value} selected={item.value === props.value} disabled={item.disabled}>
      {item.label}
    </option>
  );
  return (
    <FieldFrame {...props} id={id}>
      <select
        class={`usa-select${props.error ? " usa-input--error" : ""}`}
        id={id}
        name={props.name}
        autocomplete={props.autocomplete}
        required={props.required}
        disabled={props.disabled}
        {...described(id, props.hint, props.error)}
      >
        {empty === null ? null : <option value="">{empty}</option>}
        {props.options.map((item) =>
          "options" in item ? (
            <optgroup label={item.label}>{item.options.map(option)}</optgroup>
          ) : (
            option(item)
          ),
        )}
      </select>
    </FieldFrame>
  );
};

export type DateFieldProps = FieldProps & {
  /** As stored: 2026-12-15. Anything else is what the person typed and is shown again as text. */
  value?: string | null | undefined;
  min?: string | undefined;
  max?: string | undefined;
  autocomplete?: string | undefined;
};

/** A day, with the browser's own calendar. */
export const DateField: FC<DateFieldProps> = (props) => {
  const id = props.id ?? fieldId(props.name);
  const value = props.value ?? "";
  // A date input would drop what it cannot read; a mistyped day must stay to be mended.
  const readable = value === "" || /^\d{4}-\d{2}-\d{2}$/.test(value);
  return (
    <FieldFrame {...props} id={id}>
      <input
        class={inputClass(props.error, "medium")}
        id={id}
        name={props.name}
        type={readable ? "date" : "text"}
        value={value}
        min={readable ? props.min : undefined}
        max={readable ? props.max : undefined}
        autocomplete={props.autocomplete}
        required={props.required}
        disabled={props.disabled}
        {...described(id, props.hint, props.error)}
      />
    </FieldFrame>
  );
};

export type FileFieldProps = FieldProps & { accept?: string | undefined; multiple?: boolean | undefined };

/** A file to choose; with script also to drop, and its name and size are shown. */
export const FileField: FC<FileFieldProps> = (props) => {
  const id = props.id ?? fieldId(props.name);
  return (
    <FieldFrame {...props} id={id}>
      <div class="file-drop" data-file-drop>
        <input
          class="file-input"
          id={id}
          name={props.name}
          type="file"
          accept={props.accept}
          multiple={props.multiple}
          required={props.required}
          disabled={props.disabled}
          {...described(id, props.hint, props.error)}
        />
        <p class="file-drop-said" data-file-drop-said aria-live="polite" />
      </div>
    </FieldFrame>
  );
};
