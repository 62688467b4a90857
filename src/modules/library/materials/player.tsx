import type { FC } from "hono/jsx";
import { langOf } from "../../../ui/language.ts";
import { type Cue, fragmentOf, timeCode } from "./captions.rules.ts";
import type { CaptionTrack } from "./captions.store.ts";
import { kindOf } from "./file-kinds.ts";
import type { Material, StoredMaterialFile } from "./material.types.ts";
import { sayMaterial as say } from "./material.words.ts";
import { captionsPath, filePath, languageName, materialPath } from "./material-addresses.ts";

export type RecordingProps = {
  material: Material;
  version: number;
  file: StoredMaterialFile;
  tracks: readonly CaptionTrack[];
  /** What is said, in one of the tracks' languages. */
  transcript: { language: string; cues: readonly Cue[] } | null;
};

/** The browser's own player. Nothing of the recording is fetched before somebody asks for it: lines may be slow and dear. */
export const Player: FC<RecordingProps> = ({ material, version, file, tracks }) => {
  const { slug, content } = material;
  const isSound = kindOf(file.ending).group === "audio";
  const inside = (
    <>
      {tracks.map(({ language }) => (
        <track
          kind="captions"
          srclang={language}
          label={languageName(language)}
          src={captionsPath(slug, version, language)}
        />
      ))}
      {say("no_player")}
    </>
  );
  const given = {
    class: isSound ? "player player--sound" : "player",
    controls: true,
    preload: "none" as const,
    src: filePath(slug, version),
    "aria-label": say("player", { title: content.title }),
    "data-player": "",
  };
  return (
    <section class="stack-tight no-print" aria-labelledby="player-heading">
      <h2 id="player-heading">{say(isSound ? "listen" : "watch")}</h2>
      {isSound ? (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- they are inside, where there are any; where not, it is said
        <audio {...given}>{inside}</audio>
      ) : (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- as above
        <video {...given} playsinline>
          {inside}
        </video>
      )}
      <p class="small">
        {tracks.length > 0
          ? say("captions", { languages: tracks.map(({ language }) => languageName(language)).join(", ") })
          : say("no_captions")}
      </p>
    </section>
  );
};

/** What is said, each piece with its time: with script it moves the player there, without it opens the file from there. */
export const Transcript: FC<RecordingProps> = ({ material, version, tracks, transcript }) => {
  if (!transcript) return null;
  const others = tracks.filter(({ language }) => language !== transcript.language);
  const given = new Set<string>();
  /** An id stands once: two voices may begin at the same moment. */
  const idOf = (cue: Cue): string | undefined => {
    const id = fragmentOf(cue.startsMs);
    if (given.has(id)) return undefined;
    given.add(id);
    return id;
  };
  return (
    <section class="stack-tight" aria-labelledby="transcript-heading">
      <h2 id="transcript-heading">{say("transcript")}</h2>
      <p class="small soft no-print">
        {say("transcript_hint")}
        {others.map(({ language }) => (
          <>
            {" "}
            <a
              href={`${materialPath(material.slug)}?transcript=${language}#transcript-heading`}
              rel="nofollow"
            >
              {say("transcript_in", { language: languageName(language) })}
            </a>
          </>
        ))}
      </p>
      <ol class="transcript">
        {transcript.cues.map((cue) => (
          <li id={idOf(cue)}>
            <a
              href={`${filePath(material.slug, version)}#${fragmentOf(cue.startsMs)}`}
              data-seek={String(cue.startsMs / 1000)}
            >
              <span class="usa-sr-only">{say("said_at", { time: timeCode(cue.startsMs) })}</span>
              <span aria-hidden="true">{timeCode(cue.startsMs)}</span>
            </a>
            <span lang={langOf(transcript.language)}>{cue.text}</span>
          </li>
        ))}
      </ol>
    </section>
  );
};
