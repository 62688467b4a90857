import type { FC } from "hono/jsx";
import { Alert } from "./alert.tsx";
import { Card, Grid } from "./card.tsx";
import { DescriptionList } from "./description-list.tsx";
import { Accordion, Details } from "./details.tsx";
import { DiffBar } from "./diff-bar.tsx";
import { EmptyState } from "./empty-state.tsx";
import { ErrorPage } from "./error-page.tsx";
import { Figure, Figures } from "./figure.tsx";
import { ActionButton, Buttons } from "./form.tsx";
import { ChartGallery } from "./gallery-charts.tsx";
import { CodeGallery } from "./gallery-codes.tsx";
import { FormGallery } from "./gallery-forms.tsx";
import { Section } from "./gallery-section.tsx";
import { TableGallery } from "./gallery-tables.tsx";
import { Icon, type IconName, Logo } from "./icon.tsx";
import { Progress } from "./progress.tsx";
import { SectionNav } from "./section-nav.tsx";
import { Steps } from "./steps.tsx";
import { ProcessList, SummaryBox } from "./summary-box.tsx";
import { Tag } from "./tag.tsx";
import { Withheld, WithheldNote } from "./withheld.tsx";

/** Every component in each of its states, to look at side by side. All names and figures are made up. */
export const Gallery: FC = () => (
  <>
    <h1>The parts these pages are made of</h1>
    <p class="lead">
      Each part in each of its states. Look at it small and wide, light and dark, printed, and with the
      keyboard.
    </p>
    <Colors />
    <Words />
    <States />
    <Numbers />
    <Boxes />
    <FormGallery />
    <CodeGallery />
    <TableGallery />
    <ChartGallery />
    <Section title="Errors">
      <div class="columns">
        {([403, 404, 409, 429] as const).map((kind) => (
          <ErrorExcerpt kind={kind} />
        ))}
      </div>
    </Section>
  </>
);

const Colors: FC = () => (
  <Section title="Color">
    <ul class="swatches">
      {[
        "paper",
        "card",
        "wash",
        "line",
        "soft",
        "ink",
        "leaf",
        "leaf-deep",
        "leaf-wash",
        "marigold",
        "clay",
        "sky",
      ].map((name) => (
        <li>
          <span class={`swatch-block swatch-block--${name}`} />
          {name}
        </li>
      ))}
    </ul>
    <p class="soft">
      One green for what one can do, marigold for where one is and what to watch, clay only for what is wrong.
      Never color alone.
    </p>
  </Section>
);

const icons: IconName[] = [
  "check",
  "done",
  "info",
  "warning",
  "error",
  "up",
  "down",
  "sort",
  "previous",
  "next",
  "download",
  "upload",
  "external",
  "search",
  "person",
  "calendar",
  "file",
  "lock",
  "undo",
  "print",
  "leaf",
];

const Words: FC = () => (
  <Section title="Words and marks">
    <h3>A heading of the third rank</h3>
    <p>
      Plain words, short lines, <a href="#main">a link that says where it leads</a>. Dates as Tue, Dec 15,
      2:00 PM Eastern. A cell as it was read: <span class="read">J@ne</span>. A code: <code>CRSS-2025</code>.
    </p>
    <p class="cluster">
      <Tag>Illinois</Tag>
      <Tag tone="good">Improved</Tag>
      <Tag tone="warn">Loaded, flagged</Tag>
      <Tag tone="bad">Row left out</Tag>
    </p>
    <p class="cluster">
      <Logo />
      {icons.map((name) => (
        <Icon name={name} label={name} />
      ))}
    </p>
    <Buttons
      main={{ label: "Commit 57 rows", href: "#main" }}
      quiet={[
        { label: "Mend the file first", href: "#main" },
        { label: "Undo", href: "#main" },
      ]}
    />
    <ActionButton action="#" label="Withdraw this report" danger quiet={false} />{" "}
    <ActionButton action="#" label="Archive" danger />
  </Section>
);

const States: FC = () => (
  <Section title="What happened, how far">
    <Alert kind="good" heading="57 rows are in" level={3}>
      <p>You can undo this until someone changes one of them.</p>
    </Alert>
    <Alert kind="info">
      <p>Reporting for 2024–25 opens Tue, Jul 1.</p>
    </Alert>
    <Alert kind="warn">
      <p>
        Two stored rows are missing from this file. <a href="#main">See which</a>
      </p>
    </Alert>
    <Alert kind="bad" heading="The file could not be opened" level={3}>
      <p>It is protected by a password. Save it again without one.</p>
    </Alert>
    <Steps
      label="Bring in a roster"
      steps={[
        { label: "File", state: "done", href: "#main" },
        { label: "Columns", state: "done", href: "#main" },
        { label: "Findings", state: "current" },
        { label: "Changes", state: "ahead" },
        { label: "Commit", state: "ahead" },
      ]}
    />
    <Progress label="Reading rows" done={12400} total={40000} text="about 20 seconds left" />
    <Progress label="Waiting for its turn" done={0} text="two uploads are before yours" />
    <EmptyState
      heading="No rosters yet"
      main={{ label: "Bring in a roster", href: "#main" }}
      quiet={[{ label: "See an example file", href: "#main" }]}
      level={3}
    >
      <p>
        A roster is the spreadsheet of your trainees that you already keep. Nothing changes until you have
        seen what will.
      </p>
    </EmptyState>
  </Section>
);

const Numbers: FC = () => (
  <Section title="Figures">
    <Figures>
      <Figure value={2913} label="people in training, 38 grantees" href="#main" />
      <Figure
        value="83 %"
        label="of completers employed one year on"
        of="(930 of 1,124 known)"
        unknown="206 not known"
      />
      <Figure value="withheld" label="fellows left before completing" />
      <Figure value={null} label="hours in underserved communities" />
    </Figures>
    <WithheldNote href="#main" />
    <Card heading="What will change" level={3}>
      <DiffBar
        parts={[
          { label: "new", count: 41, tone: "good" },
          { label: "changed", count: 9, tone: "warn" },
          { label: "unchanged", count: 7, tone: "neutral" },
          { label: "left out", count: 3, tone: "bad" },
        ]}
      />
      <p class="small soft">
        All or nothing, and you can undo it. The three rows stay out until they are mended.
      </p>
    </Card>
    <DescriptionList
      items={[
        { term: "Award", value: "T98HP00000, July 1, 2023 to June 30, 2027" },
        { term: "Lead", value: <a href="#main">Ada Rivers</a> },
        { term: "Fellows who left", value: <Withheld /> },
        { term: "Evaluation contact", value: null },
      ]}
    />
  </Section>
);

const Boxes: FC = () => (
  <Section title="Cards, boxes, lists">
    <Grid>
      <Card
        heading="CRSS Success Program"
        level={3}
        href="#main"
        tags={<Tag>Illinois</Tag>}
        foot="Tried by 3 sites"
      >
        <p>Students with lived experience, supported until certified.</p>
      </Card>
      <Card heading="Monthly call" level={3} tone="warn" tags={<Tag tone="warn">Due tomorrow</Tag>}>
        <p>Larkenshaw State University has two open action items.</p>
      </Card>
      <Card heading="Annual report" level={3} tone="bad" tags={<Tag tone="bad">Returned</Tag>}>
        <p>Form EXP-1 needs an answer for one site.</p>
      </Card>
    </Grid>
    <div class="columns">
      <SummaryBox heading="In short" level={3}>
        <ul>
          <li>2 of 3 sites improved, 1 saw no change.</li>
          <li>It took them six months to see it.</li>
        </ul>
      </SummaryBox>
      <SectionNav
        label="Rosters (example)"
        links={[
          { label: "All uploads", href: "#main" },
          { label: "2024–25, fall", href: "#main", current: true, count: 3 },
          { label: "Trainees", href: "#main", count: 3107 },
        ]}
      />
    </div>
    <ProcessList
      items={[
        { heading: "You send the file", text: "As it is: we read the columns you have." },
        { heading: "You see what we found", text: "Row by row, with how to mend it." },
        { heading: "You commit, or not", text: "All or nothing, and you can undo it." },
      ]}
    />
    <Accordion
      items={[
        { heading: "Who can see this?", content: <p>Your organization and the hub's staff.</p>, open: true },
        { heading: "Can it be undone?", content: <p>Yes, until someone changes one of its rows.</p> },
      ]}
    />
    <Details summary="How this is worked out">
      <p>The interval is Wilson's, at 95 %.</p>
    </Details>
  </Section>
);

/** The page has one h1 already, so here the error's own is shown in a frame of its own. */
const ErrorExcerpt: FC<{ kind: 403 | 404 | 409 | 429 }> = ({ kind }) => (
  <div class="card">
    <ErrorPage kind={kind} level={3} reference={kind === 409 ? "7f3a-91c2" : undefined} />
  </div>
);
