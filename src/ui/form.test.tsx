import { describe, expect, test } from "vitest";
import { Checkboxes, Radios } from "./choices.tsx";
import { DateField, PasswordField, TextArea, TextField } from "./fields.tsx";
import { ErrorSummary, fieldId } from "./form.tsx";
import { renderChild } from "./render-child.ts";

describe("a field", () => {
  test("ties its hint and error to its control and keeps what was typed", () => {
    const markup = renderChild(
      <TextField name="person.age" label="Age" hint="In years" error="Too young" value='7" x' required />,
    );
    expect(markup).toContain('for="field-person-age"');
    expect(markup).toContain('aria-describedby="field-person-age-hint field-person-age-error"');
    expect(markup).toContain('aria-invalid="true"');
    expect(markup).toContain('value="7&quot; x"');
    expect(markup).toContain("required");
  });

  test("says that it is optional only when told so", () => {
    expect(renderChild(<TextField name="a" label="A" required={false} />)).toContain("(optional)");
    expect(renderChild(<TextField name="a" label="A" />)).not.toContain("(optional)");
  });

  test("shows a day that is none again, as text", () => {
    expect(renderChild(<DateField name="a" label="A" value="2025-08-18" />)).toContain('type="date"');
    expect(renderChild(<DateField name="a" label="A" value="02/30/2025" />)).toContain(
      'type="text" value="02/30/2025"',
    );
  });

  test("never sends a secret back", () => {
    expect(renderChild(<PasswordField name="a" label="A" />)).not.toContain("value=");
  });

  test("keeps a text's first line break", () => {
    expect(renderChild(<TextArea name="a" label="A" value={"\nx"} />)).toContain(">\n\nx</textarea>");
  });

  test("of choices has its own id on the first of them, where an error's link leads", () => {
    const options = [
      { value: "a", label: "A" },
      { value: "b", label: "B" },
    ];
    const radios = renderChild(<Radios name="kind" label="Kind" options={options} value="b" />);
    expect(radios).toContain(`id="${fieldId("kind")}" name="kind" value="a"`);
    expect(radios).toMatch(/value="b" checked/);
    expect(
      renderChild(<Checkboxes name="k" label="K" options={options} values={["a", "b"]} />).match(/checked=/g),
    ).toHaveLength(2);
    const summary = renderChild(<ErrorSummary errors={[{ name: "kind", message: "Kind: choose one" }]} />);
    expect(summary).toContain(`href="#${fieldId("kind")}"`);
    expect(renderChild(<ErrorSummary errors={[]} />)).toBe("");
  });
});
