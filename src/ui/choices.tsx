import type { FC } from "hono/jsx";
import type { Option } from "./fields.tsx";
import { described, FieldError, type FieldProps, fieldId, groupClass, Hint, Optional } from "./form.tsx";

type ChoiceProps = {
  kind: "radio" | "checkbox";
  id: string;
  name: string;
  option: Option;
  checked: boolean;
  required?: boolean | undefined;
  disabled?: boolean | undefined;
  describedBy?: string | undefined;
  invalid?: boolean | undefined;
};

/** One box with its words; the whole line can be pressed. */
const Choice: FC<ChoiceProps> = ({ kind, id, name, option, checked, ...rest }) => (
  <div class={`usa-${kind} choice`}>
    <input
      class={`usa-${kind}__input`}
      type={kind}
      id={id}
      name={name}
      value={option.value}
      checked={checked}
      required={rest.required}
      disabled={rest.disabled || option.disabled}
      aria-describedby={
        [option.hint ? `${id}-hint` : "", rest.describedBy ?? ""].filter(Boolean).join(" ") || undefined
      }
      aria-invalid={rest.invalid ? "true" : undefined}
    />
    <label class={`usa-${kind}__label`} for={id}>
      {option.mark}
      {option.label}
      {option.hint ? (
        <span class={`usa-${kind}__label-description`} id={`${id}-hint`}>
          {option.hint}
        </span>
      ) : null}
    </label>
  </div>
);

export type ChoicesProps = FieldProps & {
  options: Option[];
  /** Beside each other, for short words. */
  inline?: boolean | undefined;
  /** Many short words, in columns where there is room. */
  columns?: boolean | undefined;
};

type GroupProps = ChoicesProps & { kind: "radio" | "checkbox"; chosen: string[] };

const ChoiceGroup: FC<GroupProps> = (props) => {
  const id = props.id ?? fieldId(props.name);
  const ties = described(id, props.hint, props.error);
  return (
    <fieldset class={`usa-fieldset ${groupClass(props.error)}`} aria-describedby={ties["aria-describedby"]}>
      <legend class={props.error ? "usa-legend usa-label--error" : "usa-legend"}>
        {props.label}
        <Optional required={props.required} />
      </legend>
      <Hint id={id} hint={props.hint} />
      <FieldError id={id} error={props.error} />
      <div
        class={
          props.inline ? "choices choices--inline" : props.columns ? "choices choices--columns" : "choices"
        }
      >
        {props.options.map((option, index) => (
          <Choice
            kind={props.kind}
            // The first one carries the field's own id, so that an error's link lands on something to press.
            id={index === 0 ? id : `${id}-${index}`}
            name={props.name}
            option={option}
            checked={props.chosen.includes(option.value)}
            required={props.kind === "radio" ? props.required : undefined}
            disabled={props.disabled}
          />
        ))}
      </div>
    </fieldset>
  );
};

/** One of a few, all in sight. */
export const Radios: FC<ChoicesProps & { value?: string | null | undefined }> = ({ value, ...props }) => (
  <ChoiceGroup {...props} kind="radio" chosen={value === null || value === undefined ? [] : [value]} />
);

/** Any number of a few. */
export const Checkboxes: FC<ChoicesProps & { values?: readonly string[] | undefined }> = ({
  values = [],
  ...props
}) => <ChoiceGroup {...props} kind="checkbox" chosen={[...values]} />;

export type CheckboxProps = Omit<FieldProps, "label"> & {
  label: string;
  value?: string | undefined;
  checked?: boolean | undefined;
};

/** One statement to agree to or not. */
export const Checkbox: FC<CheckboxProps> = ({
  name,
  label,
  hint,
  error,
  value = "yes",
  checked = false,
  ...rest
}) => {
  const id = rest.id ?? fieldId(name);
  return (
    <div class={groupClass(error)}>
      <FieldError id={id} error={error} />
      <Choice
        kind="checkbox"
        id={id}
        name={name}
        option={{ value, label }}
        checked={checked}
        required={rest.required}
        disabled={rest.disabled}
        describedBy={described(id, hint, error)["aria-describedby"]}
        invalid={Boolean(error)}
      />
      <Hint id={id} hint={hint} />
    </div>
  );
};
