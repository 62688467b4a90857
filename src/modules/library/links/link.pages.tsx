import type { Child, FC } from "hono/jsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { Select } from "../../../ui/fields.tsx";
import { FilterForm } from "../../../ui/filter-form.tsx";
import { dayInWords } from "../../../ui/moment.ts";
import { DataTable } from "../../../ui/table.tsx";
import { Tag, type TagTone } from "../../../ui/tag.tsx";
import { deskMaterialPath } from "../materials/material-addresses.ts";
import { practicePath } from "../practices/practice-addresses.ts";
import type { LinkPlace, LinkProblem, LinkState, ListedLink } from "./link.types.ts";
import { DESK_LINKS_PATH } from "./link-addresses.ts";

/** The piles that links lie in; the first is what somebody should do something about. */
export const LINK_VIEWS = [
  { key: "care", label: "To look at", states: ["dead", "moved", "failing", "guarded"] },
  { key: "dead", label: "Dead", states: ["dead"] },
  { key: "moved", label: "Moved", states: ["moved"] },
  { key: "failing", label: "No good answer yet", states: ["failing"] },
  { key: "guarded", label: "Keeps programs out", states: ["guarded"] },
  { key: "ok", label: "Well", states: ["ok"] },
  { key: "unchecked", label: "Not looked at yet", states: ["unchecked"] },
] as const satisfies readonly { key: string; label: string; states: readonly LinkState[] }[];
export type LinkView = (typeof LINK_VIEWS)[number]["key"];

const STATES: Record<LinkState, [label: string, tone: TagTone]> = {
  unchecked: ["Not looked at yet", "neutral"],
  ok: ["Well", "good"],
  moved: ["Moved", "warn"],
  guarded: ["Keeps programs out", "neutral"],
  failing: ["No good answer yet", "warn"],
  dead: ["Dead", "bad"],
};

const PROBLEMS: Record<LinkProblem, string> = {
  not_found: "There is no such page.",
  gone: "The page was taken away.",
  server: "The site has a fault.",
  no_host: "There is no such site.",
  refused: "The site takes no connections.",
  timeout: "No answer came in time.",
  certificate: "The site's certificate is not good.",
  private: "It leads into a private or local network, where nobody can follow it.",
  redirects: "It leads on and on.",
  connection: "The connection broke off.",
};

function whatWasFound(link: ListedLink): Child {
  switch (link.state) {
    case "moved":
      return (
        <>
          It says that it lies here now:{" "}
          <a href={link.movedTo ?? ""} rel="external noopener nofollow noreferrer">
            {link.movedTo}
          </a>
        </>
      );
    case "guarded":
      return `It answers ${link.status}: look yourself whether the page is still there.`;
    case "failing":
    case "dead":
      return `${link.problem ? PROBLEMS[link.problem] : ""} Days in a row: ${link.failedDays}.`;
    default:
      return "-";
  }
}

const PLACES: Record<LinkPlace["kind"], string> = {
  practice: "Practice",
  material: "Material",
  evidence: "Evidence",
};

/** Where an address is mended: evidence is corrected by a new item, a material by a new version. */
function mendPath({ kind, slug, evidence }: LinkPlace): string {
  switch (kind) {
    case "practice":
      return `${practicePath(slug)}/edit`;
    case "material":
      return `${deskMaterialPath(slug)}/file`;
    case "evidence":
      return `${practicePath(slug)}/evidence/new?corrects=${evidence?.id ?? ""}`;
  }
}

/** Where an address stands, with the way to mend it there. */
const Place: FC<{ place: LinkPlace }> = ({ place }) => (
  <li>
    <span class="soft">{PLACES[place.kind]}:</span>{" "}
    <a href={mendPath(place)}>
      <span class="usa-sr-only">Mend it in </span>
      {place.evidence ? `${place.evidence.outcome} (${place.title})` : place.title}
    </a>
  </li>
);

/** Addresses that the library leads to, and how they answered. */
export const LinksPage: FC<{
  links: readonly ListedLink[];
  view: LinkView;
  counts: ReadonlyMap<LinkState, number>;
  /** Whether the hub looks by itself. */
  isChecked: boolean;
}> = ({ links, view, counts, isChecked }) => (
  <div class="stack">
    <h1>Links</h1>
    <p>
      {isChecked
        ? "Every night the hub looks at links and sources of published practices, at materials that are links, and at sources of evidence in use: those first that it has not looked at for longest. What fails on three days in a row is called dead, here and where it stands."
        : "This hub does not look at links by itself (TRELLIS_CHECK_LINKS is no)."}
    </p>
    <DataTable
      caption="Links"
      rows={links}
      filters={
        <FilterForm action={DESK_LINKS_PATH} clearHref={view === "care" ? null : DESK_LINKS_PATH}>
          <Select
            name="view"
            label="State"
            empty={null}
            value={view}
            options={LINK_VIEWS.map(({ key, label, states }) => ({
              value: key,
              label: `${label} (${states.reduce((sum, state) => sum + (counts.get(state) ?? 0), 0)})`,
            }))}
          />
        </FilterForm>
      }
      empty={<EmptyState heading={view === "care" ? "Nothing is wrong with any link" : "Nothing is here"} />}
      columns={[
        {
          key: "url",
          label: "Link",
          wrap: true,
          cell: (link) => (
            <a href={link.url} rel="external noopener nofollow noreferrer">
              {link.url}
            </a>
          ),
        },
        {
          key: "state",
          label: "State",
          cell: (link) => <Tag tone={STATES[link.state][1]}>{STATES[link.state][0]}</Tag>,
        },
        { key: "found", label: "What was found", wrap: true, cell: whatWasFound },
        {
          key: "places",
          label: "Where it stands",
          wrap: true,
          cell: (link) => (
            <ul class="bare-list">
              {link.places.map((place) => (
                <Place place={place} />
              ))}
            </ul>
          ),
        },
        {
          key: "checked",
          label: "Looked at",
          oneLine: true,
          cell: (link) => (link.checkedAt ? dayInWords(link.checkedAt) : "Not yet"),
        },
      ]}
    />
  </div>
);
