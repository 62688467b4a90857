import type { Child, FC } from "hono/jsx";
import { DescriptionList } from "../../../ui/description-list.tsx";
import { Details } from "../../../ui/details.tsx";
import { localeNow } from "../../../ui/language.ts";
import { dayInWords } from "../../../ui/moment.ts";
import { Tag, type TagTone } from "../../../ui/tag.tsx";
import { Withheld } from "../../../ui/withheld.tsx";
import { DeadLink, type DeadLinks } from "../links/dead-link.tsx";
import { isWithheld } from "./evidence.rules.ts";
import { DIRECTIONS, type Direction, type EvidenceItem } from "./evidence.types.ts";
import { sayEvidence } from "./evidence.words.ts";
import { type EvidenceLabels, findingInWords } from "./evidence-labels.ts";

const TONES: Record<Direction, TagTone> = {
  favors: "good",
  no_difference: "warn",
  mixed: "warn",
  against: "bad",
  unclear: "neutral",
};

export type EvidenceListProps = {
  items: readonly EvidenceItem[];
  labels: EvidenceLabels;
  /** The language that the items are written in. */
  language: string;
  /** Those of the hub see how few took part where one place tells of its own people; others do not. */
  isOfHub: boolean;
  /** Sources that lead nowhere any more. */
  dead?: DeadLinks;
  /** What a librarian may do with an item. */
  waysOf?: (item: EvidenceItem) => Child;
};

/** What was found out about a practice: for it and against it, all in the same way. */
export const EvidenceList: FC<EvidenceListProps> = ({ items, ...shared }) => {
  const inUse = items.filter(({ archived }) => archived === null);
  const archived = items.filter((item) => item.archived !== null);
  return (
    <>
      {inUse.length === 0 ? (
        <p>{sayEvidence("none")}</p>
      ) : (
        <>
          <p>{countsInWords(inUse)}</p>
          <div>
            <ul class="practice-list">
              {inUse.map((item) => (
                <Item item={item} {...shared} />
              ))}
            </ul>
          </div>
        </>
      )}
      {archived.length > 0 ? (
        <Details summary={sayEvidence("archived", { count: archived.length })}>
          <ul class="practice-list">
            {archived.map((item) => (
              <Item item={item} {...shared} />
            ))}
          </ul>
        </Details>
      ) : null}
    </>
  );
};

/** "5 items of evidence: 2 in favor, 3 against." */
function countsInWords(items: readonly EvidenceItem[]): string {
  const parts = DIRECTIONS.flatMap((direction) => {
    const count = items.filter((item) => item.direction === direction).length;
    return count > 0 ? [sayEvidence(`sum_${direction}`, { shown: count.toLocaleString(localeNow()) })] : [];
  });
  return `${sayEvidence("count", { count: items.length })} ${parts.join(", ")}.`;
}

const Item: FC<Omit<EvidenceListProps, "items"> & { item: EvidenceItem }> = ({
  item,
  labels,
  language,
  isOfHub,
  dead,
  waysOf,
}) => (
  <li class="practice-card">
    <h3 class="practice-card-title">
      <Tag tone={TONES[item.direction]}>{findingInWords(item)}</Tag>{" "}
      <span lang={language}>{item.outcome}</span>
    </h3>
    <p class="soft">
      {labels.kinds.get(item.kind) ?? item.kind} · {labels.designs.get(item.design) ?? item.design}
    </p>
    {item.note ? (
      <p class="prose" lang={language}>
        {item.note}
      </p>
    ) : null}
    <DescriptionList
      items={[
        {
          term: sayEvidence("setting"),
          value: item.setting ? <span lang={language}>{item.setting}</span> : null,
        },
        {
          term: sayEvidence("participants"),
          value:
            item.participants === null ? (
              sayEvidence("participants_unknown")
            ) : isWithheld(item) && !isOfHub ? (
              <Withheld />
            ) : (
              item.participants.toLocaleString(localeNow())
            ),
        },
        { term: sayEvidence("source"), value: <Source item={item} dead={dead} /> },
      ]}
      missing={sayEvidence("setting_unknown")}
    />
    <p class="small soft">
      {item.archived
        ? sayEvidence("archived_why", { day: dayInWords(item.archived.at), why: item.archived.because })
        : item.addedBy
          ? sayEvidence("added_by", { day: dayInWords(item.addedAt), name: item.addedBy })
          : sayEvidence("added", { day: dayInWords(item.addedAt) })}
    </p>
    {item.archived ? null : waysOf?.(item)}
  </li>
);

const Source: FC<{ item: EvidenceItem; dead: DeadLinks | undefined }> = ({ item, dead }) => (
  <>
    {item.sourceUrl ? (
      <a href={item.sourceUrl} rel="external noopener">
        {item.sourceTitle}
      </a>
    ) : (
      <cite>{item.sourceTitle}</cite>
    )}
    {item.sourcePublisher ? `, ${item.sourcePublisher}` : ""}
    {item.sourceYear === null ? "" : `, ${item.sourceYear}`}
    <DeadLink url={item.sourceUrl} dead={dead} />
  </>
);
