import type { Child, FC } from "hono/jsx";
import { DescriptionList } from "../../../ui/description-list.tsx";
import { Details } from "../../../ui/details.tsx";
import { Buttons } from "../../../ui/form.tsx";
import { Icon } from "../../../ui/icon.tsx";
import { DESK_LANGUAGE, langOf } from "../../../ui/language.ts";
import { dayInWords } from "../../../ui/moment.ts";
import { Said } from "../../../ui/said.tsx";
import { Tag } from "../../../ui/tag.tsx";
import { DeadLink, type DeadLinks } from "../links/dead-link.tsx";
import { practicePath } from "../practices/practice-addresses.ts";
import { isRecording, kindOf } from "./file-kinds.ts";
import { fileInWords } from "./file-words.ts";
import type { AttachedPractice, Material, MaterialVersion } from "./material.types.ts";
import { sayMaterial as say } from "./material.words.ts";
import { filePath, languageName, MATERIALS_PATH, picturePath } from "./material-addresses.ts";
import type { MaterialLabels } from "./material-labels.ts";
import { Player, type RecordingProps, Transcript } from "./player.tsx";

export type MaterialPageProps = {
  material: Material;
  /** The newest first. */
  versions: readonly MaterialVersion[];
  practices: readonly AttachedPractice[];
  labels: MaterialLabels;
  tracks: RecordingProps["tracks"];
  transcript: RecordingProps["transcript"];
  /** Links that lead nowhere any more. */
  dead: DeadLinks;
  /** What those of the hub may do. */
  ways?: Child;
};

/** One material: what it is, the thing itself, and where it stood before. */
export const MaterialPage: FC<MaterialPageProps> = (props) => {
  const { material, versions, labels, dead, ways } = props;
  const { content } = material;
  const [newest] = versions;
  const language = langOf(content.language);
  return (
    <article class="stack material">
      <div class="stack-tight">
        <div class="cluster">
          {material.state === "draft" ? <Tag tone="warn">{say("draft")}</Tag> : null}
          <Tag>{labels.kind.get(content.kind) ?? content.kind}</Tag>
        </div>
        <h1 lang={language}>{content.title}</h1>
        <p class="lead" lang={language}>
          {content.summary}
        </p>
      </div>
      {ways}
      {newest ? <Thing {...props} newest={newest} /> : <p class="soft">{say("no_file")}</p>}
      <DescriptionList items={factsOf(props)} />
      {newest?.file && isRecording(kindOf(newest.file.ending)) ? (
        <Transcript {...props} version={newest.version} file={newest.file} />
      ) : null}
      {versions.length > 0 ? <Versions material={material} versions={versions} dead={dead} /> : null}
    </article>
  );
};

/** The newest version: a player, a picture of it, and the way to get it. */
const Thing: FC<MaterialPageProps & { newest: MaterialVersion }> = (props) => {
  const { material, newest, dead } = props;
  const { slug, content } = material;
  if (!newest.file)
    return (
      <div class="stack-tight">
        <Buttons main={{ label: say("open_link"), href: newest.url ?? "" }} />
        <p class="small soft">
          {say("link_note", { host: hostOf(newest.url ?? "") })}
          <DeadLink url={newest.url ?? ""} dead={dead} />
        </p>
      </div>
    );
  const kind = kindOf(newest.file.ending);
  return (
    <>
      {isRecording(kind) ? <Player {...props} version={newest.version} file={newest.file} /> : null}
      {newest.picture ? (
        <img
          class={kind.group === "picture" ? "material-shown" : "material-shown material-shown--page"}
          src={picturePath(slug, newest.version)}
          alt={say(kind.group === "picture" ? "picture" : "first_page", { title: content.title })}
          width={newest.picture.width}
          height={newest.picture.height}
        />
      ) : null}
      <div class="stack-tight">
        <Buttons
          main={{
            label: (
              <>
                <Icon name="download" /> {say("download", { what: fileInWords(newest) })}
              </>
            ),
            href: `${filePath(slug, newest.version)}?download=yes`,
          }}
        />
        {kind.group === "code" ? <p class="small">{say("code_note")}</p> : null}
      </div>
    </>
  );
};

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url);

/** A date as exactly as it is known. */
const dateInWords = (date: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(date) ? dayInWords(date) : date);

function factsOf({ material, labels, practices }: MaterialPageProps): { term: string; value: Child }[] {
  const { content } = material;
  const facts: { term: string; value: Child }[] = [
    { term: say("language"), value: languageName(content.language) },
    { term: say("authors"), value: content.authors },
    { term: say("publisher"), value: content.publisher },
    { term: say("date"), value: dateInWords(content.date) },
    { term: say("license"), value: labels.license.get(content.license) ?? content.license },
    {
      term: say("practices"),
      value:
        practices.length === 0 ? null : (
          <ul class="bare-list">
            {practices.map(({ slug, title, language }) => (
              <li>
                <a href={practicePath(slug)} lang={langOf(language)}>
                  {title}
                </a>
              </li>
            ))}
          </ul>
        ),
    },
  ];
  return facts.filter(({ value }) => value !== null && value !== "");
}

const Versions: FC<Pick<MaterialPageProps, "material" | "versions" | "dead">> = ({
  material,
  versions,
  dead,
}) => (
  <section class="stack-tight" aria-labelledby="versions-heading">
    <h2 id="versions-heading">{say("versions")}</h2>
    <ol class="bare-list versions" reversed>
      {versions.map((version, index) => (
        <li class="stack-tight">
          <div class="cluster">
            <strong>{say("version", { version: version.version })}</strong>
            {index === 0 ? <Tag tone="good">{say("version_newest")}</Tag> : null}
            {version.file ? (
              <a href={`${filePath(material.slug, version.version)}?download=yes`}>{fileInWords(version)}</a>
            ) : (
              <span>
                <a href={version.url ?? ""} rel="external noopener">
                  {hostOf(version.url ?? "")}
                </a>
                <DeadLink url={version.url ?? ""} dead={dead} />
              </span>
            )}
          </div>
          <p class="small soft">
            {dayInWords(version.addedAt)}: <Said in={DESK_LANGUAGE}>{version.reason}</Said>
            {version.addedBy ? ` (${say("version_by", { name: version.addedBy })})` : ""}
            {version.file ? ` · ${say("downloads", { count: version.downloads })}` : ""}
          </p>
        </li>
      ))}
    </ol>
    <Details summary={say("counting")}>
      <p>{say("counting_text")}</p>
    </Details>
  </section>
);

/** What stands at the address of a material that is no longer offered. */
export const ArchivedMaterialPage: FC<{ material: Material; ways?: Child }> = ({ material, ways }) => (
  <div class="stack">
    <h1>{say("archived_heading", { title: material.content.title })}</h1>
    <p>
      {say("archived_when", { day: dayInWords(material.changedAt), why: material.archivedBecause ?? "" })}
    </p>
    {ways}
    <Buttons quiet={[{ label: say("all"), href: MATERIALS_PATH }]} />
  </div>
);
