import type { FC } from "hono/jsx";
import { EmptyState } from "./empty-state.tsx";
import { Select, TextField } from "./fields.tsx";
import { FilterForm } from "./filter-form.tsx";
import { Section } from "./gallery-section.tsx";
import { SimpleTable } from "./simple-table.tsx";
import { type Column, DataTable } from "./table.tsx";
import { Tag } from "./tag.tsx";
import { Withheld } from "./withheld.tsx";

type Trainee = {
  id: string;
  program: string;
  started: string;
  hours: number;
  state: "continuing" | "completed" | "left";
};

const tones = { continuing: "neutral", completed: "good", left: "warn" } as const;

const columns: Column<Trainee>[] = [
  { key: "id", label: "Trainee ID", sort: true, cell: (row) => <a href="#main">{row.id}</a> },
  { key: "program", label: "Program", sort: true, wrap: true, cell: (row) => row.program },
  { key: "started", label: "First day", sort: true, cell: (row) => row.started },
  {
    key: "hours",
    label: "Hours",
    numeric: true,
    sort: true,
    cell: (row) => row.hours.toLocaleString("en-US"),
  },
  { key: "state", label: "State", cell: (row) => <Tag tone={tones[row.state]}>{row.state}</Tag> },
];

const trainees: Trainee[] = Array.from({ length: 12 }, (_, index) => ({
  id: `LS-${1041 + index}`,
  program:
    ["Certificate in peer support", "Registered apprenticeship", "Practicum or field placement"][index % 3] ??
    "",
  started: ["Mon, Aug 18, 2025", "Tue, Sep 2, 2025"][index % 2] ?? "",
  hours: 112 + index * 97,
  state: (["continuing", "completed", "continuing", "left"] as const)[index % 4] ?? "continuing",
}));

/** A list to work in, an empty one, a wide one, one to read. */
export const TableGallery: FC = () => (
  <Section title="Tables">
    <DataTable
      caption="Trainees"
      columns={columns}
      rows={trainees}
      sort="-started"
      href={({ sort, page }) => `?sort=${sort ?? "-started"}&page=${page ?? 1}`}
      page={{ number: 5, size: 12, total: 3107 }}
      things="trainees"
      downloads={[
        { label: "CSV", href: "#main" },
        { label: "XLSX", href: "#main" },
      ]}
      filters={
        <FilterForm action="#" clearHref="#main" label="Choose trainees">
          <TextField name="q" label="Trainee ID" type="search" value="LS" />
          <Select
            name="program"
            id="filter-program"
            label="Program"
            empty="All programs"
            options={[{ value: "certificate", label: "Certificate in peer support" }]}
          />
        </FilterForm>
      }
      actions={(row) => (
        <a href="#main" aria-label={`Edit ${row.id}`}>
          Edit
        </a>
      )}
      rowTone={(row) => (row.state === "left" ? "warn" : null)}
    />
    <DataTable
      caption="Credentials"
      columns={columns}
      rows={[]}
      empty={
        <EmptyState heading="No credentials yet" level={3} icon="file">
          <p>They appear here when a trainee completes a program that grants one.</p>
        </EmptyState>
      }
    />
    <DataTable
      caption="Everything at once"
      wide
      columns={[
        ...columns,
        ...["Age", "County", "Veteran", "Rural", "Stipend", "Supervisor", "Site", "Wage"].map(unknown),
      ]}
      rows={trainees.slice(0, 4)}
    />
    <SimpleTable
      caption="Trainees by program type"
      columns={[
        { label: "Program type" },
        { label: "Trainees", numeric: true },
        { label: "Completed", numeric: true },
        { label: "Left", numeric: true },
      ]}
      rows={[
        ["Certificate", <a href="#main">942</a>, "481", "102"],
        ["Registered apprenticeship", <a href="#main">829</a>, "362", "97"],
        ["Fellowship", <a href="#main">178</a>, "88", <Withheld />],
      ]}
      foot={["All", "1,949", "931", "withheld"]}
    />
  </Section>
);

function unknown(label: string): Column<Trainee> {
  return { key: label.toLowerCase(), label, cell: () => null };
}
