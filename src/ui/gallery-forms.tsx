import type { FC } from "hono/jsx";
import { Checkbox, Checkboxes, Radios } from "./choices.tsx";
import { DateField, FileField, PasswordField, Select, TextArea, TextField } from "./fields.tsx";
import { Buttons, ErrorSummary, FieldRow, Fieldset, Form, Hidden } from "./form.tsx";
import { Section } from "./gallery-section.tsx";

const programs = [
  { value: "certificate", label: "Certificate" },
  {
    value: "apprenticeship",
    label: "Registered apprenticeship",
    hint: "Registered with the Department of Labor or a state agency.",
  },
  { value: "fellowship", label: "Fellowship", disabled: true },
];

const states = [
  {
    label: "States",
    options: [
      { value: "IL", label: "Illinois" },
      { value: "OH", label: "Ohio" },
    ],
  },
  { label: "Territories", options: [{ value: "PR", label: "Puerto Rico" }] },
];

/** Fields at rest, filled and wrong. */
export const FormGallery: FC = () => (
  <>
    <Section title="A form that came back">
      <ErrorSummary
        errors={[
          { name: "trainee_id", message: "Trainee ID: use 3 to 20 letters, digits, dots or dashes" },
          { name: "program", message: "Program: choose one" },
          { name: "started", message: "First day: there is no February 30" },
          { name: null, message: "The reporting year 2023–24 is closed" },
        ]}
      />
      <Form action="#" label="Add a trainee">
        <Hidden name="year" value="2024" />
        <TextField
          name="trainee_id"
          label="Trainee ID"
          hint="Your own number for this person. Never a name."
          value="J@ne"
          error="Use 3 to 20 letters, digits, dots or dashes"
          width="medium"
          required
        />
        <Radios name="program" label="Program" options={programs} error="Choose one" required />
        <DateField
          name="started"
          label="First day"
          value="02/30/2025"
          error="There is no February 30"
          required
        />
        <Checkbox
          name="agreed"
          label="The trainee has agreed to be counted"
          error="This is needed to go on"
        />
        <Buttons main={{ label: "Add trainee" }} quiet={[{ label: "Cancel", href: "#main" }]} />
      </Form>
    </Section>
    <Section title="Fields at rest">
      <Form action="#" multipart label="Fields at rest">
        <Fieldset legend="Where and when" hint="What you know now; the rest can follow.">
          <FieldRow>
            <Select name="state" label="State" options={states} value="OH" autocomplete="address-level1" />
            <TextField name="county" label="County" required={false} />
          </FieldRow>
          <FieldRow>
            <DateField name="from" label="From" value="2025-07-01" />
            <TextField name="hours" label="Hours a week" type="number" value={20} />
          </FieldRow>
        </Fieldset>
        <Checkboxes
          name="supports"
          label="Supports given"
          hint="All that apply."
          values={["stipend"]}
          options={[
            { value: "stipend", label: "Stipend" },
            { value: "childcare", label: "Child care" },
            { value: "transport", label: "Transport" },
          ]}
          inline
        />
        <TextArea
          name="notes"
          label="What helped"
          required={false}
          value="A supervisor who had walked the same way."
        />
        <TextField
          name="mail"
          label="E-mail"
          type="email"
          autocomplete="email"
          disabled
          value="ada@example.org"
        />
        <PasswordField name="password" label="Password" required />
        <FileField
          name="roster"
          label="Roster"
          hint="A spreadsheet (XLSX or CSV) of up to 20 MB."
          accept=".xlsx,.csv"
        />
        <Buttons main={{ label: "Save" }} quiet={[{ label: "Save as draft", name: "draft", value: "yes" }]} />
      </Form>
    </Section>
  </>
);
