import type { FC } from "hono/jsx";
import { listHref, PAGE_SIZE } from "../../../platform/web/list-query.ts";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { Select, TextField } from "../../../ui/fields.tsx";
import { FilterForm } from "../../../ui/filter-form.tsx";
import { dayInWords } from "../../../ui/moment.ts";
import { DataTable } from "../../../ui/table.tsx";
import { Tag } from "../../../ui/tag.tsx";
import { PRACTICES_PATH } from "../practices/practice-addresses.ts";
import { ADOPTION_STATES, type Adoption } from "./adoption.types.ts";
import { ADOPTIONS_PATH, adoptionPath } from "./adoption-addresses.ts";
import { OUTCOME_LABELS, STATE_LABELS } from "./adoption-labels.ts";
import { adoptionsHeading } from "./adoption-ways.ts";

export type AdoptionListProps = {
  adoptions: Adoption[];
  total: number;
  query: Readonly<Record<string, string | number | undefined>> & { page: number };
  sort: string;
  /** The hub sees every organization's. */
  isOfHub: boolean;
  organizations: { id: string; name: string }[];
  /** The practice that the list is narrowed to. */
  practiceTitle: string | null;
};

/** Which organizations use which practices. */
export const AdoptionListPage: FC<AdoptionListProps> = (props) => {
  const { adoptions, total, query, sort, isOfHub } = props;
  const href = (change: Record<string, string | number | undefined>) =>
    listHref(ADOPTIONS_PATH, query, change);
  const isNarrowed = ["q", "state", "organization", "shown", "practice"].some((name) => query[name]);
  return (
    <div class="stack">
      <h1>{adoptionsHeading(isOfHub, props.practiceTitle)}</h1>
      <DataTable
        caption="Entries"
        things="entries"
        rows={adoptions}
        sort={sort}
        href={href}
        page={{ number: query.page, size: PAGE_SIZE, total }}
        filters={isNarrowed || total > 0 ? <Filters {...props} isNarrowed={isNarrowed} /> : null}
        downloads={
          total > 0
            ? ["csv", "xlsx"].map((format) => ({ label: format.toUpperCase(), href: href({ format }) }))
            : []
        }
        empty={<Nothing isOfHub={isOfHub} isNarrowed={isNarrowed} />}
        columns={[
          {
            key: "practice",
            label: "Practice",
            sort: true,
            wrap: true,
            cell: (row) => <a href={adoptionPath(row.id)}>{row.practice.title}</a>,
          },
          ...(isOfHub
            ? [
                {
                  key: "organization",
                  label: "Organization",
                  sort: true,
                  wrap: true,
                  cell: (row: Adoption) => row.organizationName,
                },
              ]
            : []),
          {
            key: "state",
            label: "How far",
            cell: (row) => <Tag>{row.outcome ? OUTCOME_LABELS[row.outcome] : STATE_LABELS[row.state]}</Tag>,
          },
          { key: "since", label: "Since", sort: true, oneLine: true, cell: (row) => dayInWords(row.since) },
          {
            key: "shown",
            label: "Who reads it",
            cell: (row) => (row.consent ? "Everybody" : "The organization and the hub"),
          },
          {
            key: "changed",
            label: "Changed",
            sort: true,
            oneLine: true,
            cell: (row) => dayInWords(row.changedAt),
          },
        ]}
      />
    </div>
  );
};

const Filters: FC<AdoptionListProps & { isNarrowed: boolean }> = ({
  query,
  isOfHub,
  organizations,
  isNarrowed,
}) => {
  const chosen = (name: string): string => String(query[name] ?? "");
  return (
    <FilterForm
      action={ADOPTIONS_PATH}
      keep={query["practice"] ? { practice: chosen("practice") } : {}}
      clearHref={isNarrowed ? ADOPTIONS_PATH : null}
    >
      <TextField
        name="q"
        label={isOfHub ? "Practice or organization" : "Practice"}
        type="search"
        value={chosen("q")}
      />
      {isOfHub ? (
        <Select
          name="organization"
          label="Organization"
          value={chosen("organization")}
          empty="All"
          options={organizations.map(({ id, name }) => ({ value: id, label: name }))}
        />
      ) : null}
      <Select
        name="state"
        label="How far"
        value={chosen("state")}
        empty="All"
        options={ADOPTION_STATES.map((value) => ({ value, label: STATE_LABELS[value] }))}
      />
      <Select
        name="shown"
        label="Who reads it"
        value={chosen("shown")}
        empty="All"
        options={[
          { value: "yes", label: "Everybody" },
          { value: "no", label: "The organization and the hub" },
        ]}
      />
    </FilterForm>
  );
};

const Nothing: FC<{ isOfHub: boolean; isNarrowed: boolean }> = ({ isOfHub, isNarrowed }) =>
  isNarrowed ? (
    <EmptyState
      heading="Nothing is like this"
      icon="search"
      quiet={[{ label: "Show all", href: ADOPTIONS_PATH }]}
    />
  ) : (
    <EmptyState
      heading="Nobody has written anything yet"
      quiet={[{ label: "Practices", href: PRACTICES_PATH }]}
    >
      <p>
        {isOfHub
          ? "On a practice’s page, under “Who has tried it”, you write down that an organization uses it. Its lead can do so, too."
          : "On a practice’s page, under “Who has tried it”, your organization’s lead writes down that you use it."}
      </p>
    </EmptyState>
  );
