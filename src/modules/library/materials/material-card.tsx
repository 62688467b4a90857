import type { FC } from "hono/jsx";
import { Icon } from "../../../ui/icon.tsx";
import { langOf, languageNow } from "../../../ui/language.ts";
import { Tag } from "../../../ui/tag.tsx";
import { splitMatches } from "../practices/search-terms.ts";
import { fragmentOf, timeCode } from "./captions.rules.ts";
import { isRecording, kindOf } from "./file-kinds.ts";
import { sayMaterial as say } from "./material.words.ts";
import { languageName, materialPath, picturePath } from "./material-addresses.ts";
import type { MaterialLabels } from "./material-labels.ts";
import type { MaterialHit } from "./material-search.store.ts";

/** A text with its matches marked. */
const Marked: FC<{ text: string }> = ({ text }) => (
  <>{splitMatches(text).map((piece, index) => (index % 2 === 1 ? <mark>{piece}</mark> : piece))}</>
);

/** One material in a list; where it was found in a recording, the places lead there. */
export const MaterialCard: FC<{ hit: MaterialHit; labels: MaterialLabels; level?: 2 | 3 }> = ({
  hit,
  labels,
  level = 2,
}) => {
  const Heading = `h${level}` as "h2";
  const path = materialPath(hit.slug);
  const language = langOf(hit.language);
  return (
    <li class="practice-card material-card">
      <div class="material-picture">
        {hit.picture && hit.version !== null ? (
          <img
            src={picturePath(hit.slug, hit.version)}
            alt=""
            width={hit.picture.width}
            height={hit.picture.height}
            loading="lazy"
          />
        ) : (
          <Icon
            name={hit.isLink ? "external" : hit.ending && isRecording(kindOf(hit.ending)) ? "play" : "file"}
          />
        )}
      </div>
      <div class="stack-tight">
        <Heading class="practice-card-title">
          <a href={path} lang={language}>
            <Marked text={hit.title} />
          </a>
        </Heading>
        <p lang={language}>
          <Marked text={hit.summary} />
        </p>
        {hit.excerpt ? (
          <p class="small soft" lang={language}>
            … <Marked text={hit.excerpt} /> …
          </p>
        ) : null}
        {hit.cues.length > 0 ? (
          <ul class="bare-list small">
            {hit.cues.map((cue) => (
              <li lang={langOf(cue.language)}>
                <a
                  href={`${path}${cue.language === languageNow() ? "" : `?transcript=${cue.language}`}#${fragmentOf(cue.startsMs)}`}
                >
                  <span lang={languageNow()}>{say("found_said")}</span> {timeCode(cue.startsMs)}
                </a>{" "}
                <Marked text={cue.text} />
              </li>
            ))}
          </ul>
        ) : null}
        <div class="practice-card-facts small">
          <Tag>{labels.kind.get(hit.kind) ?? hit.kind}</Tag>
          <span>
            {[
              hit.isLink ? say("link") : hit.ending ? kindOf(hit.ending).word : "",
              hit.pages === null ? "" : say("pages", { count: hit.pages }),
              languageName(hit.language),
              hit.date.slice(0, 4),
            ]
              .filter(Boolean)
              .join(" · ")}
          </span>
        </div>
      </div>
    </li>
  );
};
