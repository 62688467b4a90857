// Captions: WebVTT (W3C) and SubRip come in, plain cues are kept, WebVTT goes out. Strict: what a browser would drop
// without a word is named with its line. Marks in the text are taken off, so that a cue is never anything but text.

export interface Cue {
  startsMs: number;
  endsMs: number;
  text: string;
}

/** What is wrong with a caption file, in words for the person. */
export interface CaptionProblem {
  line: number;
  message: string;
}

export type ReadCaptions = { cues: Cue[]; problem?: never } | { cues?: never; problem: CaptionProblem };

const MOST_CUES = 20_000;
const LONGEST_CUE = 2000;
const MOST_HOURS = 24;

/** "01:02:03.456", "02:03.456", and with the comma of SubRip. */
const TIME = /^(?:(\d{2,}):)?([0-5]\d):([0-5]\d)[.,](\d{3})$/;

function readTime(written: string): number | null {
  const [whole, hours = "0", minutes, seconds, thousandths] = TIME.exec(written) ?? [];
  if (whole === undefined) return null;
  const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(thousandths);
  return ms <= MOST_HOURS * 3_600_000 ? ms : null;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&lrm;": "",
  "&rlm;": "",
  "&nbsp;": " ",
  "&quot;": '"',
  "&#39;": "'",
};
/** Characters that turn the direction of writing, and others that nobody sees; line breaks stay. */
const UNSEEN = /[\p{Cf}\p{Co}\p{Cn}]|(?!\n)\p{Cc}/gu;

/** A cue's text without its marks; the voice of `<v Ada>` is said before what she says. */
export function plainCueText(marked: string): string {
  return marked
    .replaceAll(/<v(?:\.[^\s>]*)?\s+([^>]+)>/g, (_, voice: string) => `${voice.trim()}: `)
    .replaceAll(/<\/?[a-z0-9!/?][^>]*(>|$)/gi, "")
    .replaceAll(/\{\\[^}]*\}/g, "")
    .replaceAll(/&(?:amp|lt|gt|lrm|rlm|nbsp|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity)
    .replaceAll(UNSEEN, "")
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .join("\n");
}

/** Reads a caption file of either kind. */
export function readCaptions(text: string): ReadCaptions {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  const isVtt = (lines[0] ?? "").startsWith("WEBVTT");
  if (isVtt && !/^WEBVTT(?:[ \t].*)?$/.test(lines[0] ?? ""))
    return wrong(1, 'The first line must be "WEBVTT" and nothing directly behind it.');
  if (!isVtt && !/-->/.test(lines.slice(0, 20).join("\n")))
    return wrong(
      1,
      'A WebVTT file begins with "WEBVTT", a SubRip file with a number and a line of times. This is neither.',
    );
  const cues: Cue[] = [];
  for (const block of blocksOf(lines, isVtt)) {
    const read = readBlock(block, isVtt);
    if ("problem" in read && read.problem) return { problem: read.problem };
    if ("cue" in read && read.cue) {
      const before = cues.at(-1);
      if (before && read.cue.startsMs < before.startsMs)
        return wrong(
          read.line,
          "This caption begins before the one above it. Put them in the order of time.",
        );
      cues.push(read.cue);
    }
    if (cues.length > MOST_CUES) return wrong(block.line, `There are more than ${MOST_CUES} captions.`);
  }
  if (cues.length === 0) return wrong(lines.length, "There is no caption in this file.");
  return { cues };
}

const wrong = (line: number, message: string): { problem: CaptionProblem } => ({
  problem: { line, message },
});

interface Block {
  /** Of its first line, from 1. */
  line: number;
  lines: string[];
}

function blocksOf(lines: readonly string[], isVtt: boolean): Block[] {
  const blocks: Block[] = [];
  let open: Block | null = null;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") open = null;
    else if (open) open.lines.push(line);
    else {
      open = { line: index + 1, lines: [line] };
      blocks.push(open);
    }
  }
  // The header may have lines of its own.
  return isVtt ? blocks.slice(1) : blocks;
}

type ReadBlock = { cue: Cue; line: number } | { problem: CaptionProblem } | { isOther: true };

function readBlock(block: Block, isVtt: boolean): ReadBlock {
  const [first = ""] = block.lines;
  if (isVtt && /^(NOTE|STYLE|REGION)(\s|$)/.test(first)) return { isOther: true };
  const at = block.lines.findIndex((line) => line.includes("-->"));
  if (at === -1 || at > 1)
    return wrong(
      block.line + (at === -1 ? Math.min(1, block.lines.length - 1) : 0),
      'A line of times is missing here, such as "00:01:02.000 --> 00:01:05.500".',
    );
  const line = block.line + at;
  const [, starts = "", ends = ""] = /^\s*(\S+)\s+-->\s+(\S+)(?:\s.*)?$/.exec(block.lines[at] ?? "") ?? [];
  const [startsMs, endsMs] = [readTime(starts), readTime(ends)];
  if (startsMs === null || endsMs === null)
    return wrong(line, 'The times cannot be read. Write them like this: "00:01:02.000 --> 00:01:05.500".');
  if (endsMs <= startsMs) return wrong(line, "This caption ends before it begins.");
  const text = plainCueText(block.lines.slice(at + 1).join("\n"));
  if (text.length > LONGEST_CUE) return wrong(line, `This caption has more than ${LONGEST_CUE} characters.`);
  // A pause: nothing is shown, and nothing was said.
  return text === "" ? { isOther: true } : { cue: { startsMs, endsMs, text }, line };
}

const two = (number: number): string => String(number).padStart(2, "0");

/** A time as WebVTT writes it: "00:01:02.000". */
export const vttTime = (ms: number): string =>
  `${two(Math.floor(ms / 3_600_000))}:${two(Math.floor(ms / 60_000) % 60)}:${two(Math.floor(ms / 1000) % 60)}.${String(ms % 1000).padStart(3, "0")}`;

/** A time as people read it: "1:02", "1:01:02". */
export function timeCode(ms: number): string {
  const [hours, minutes, seconds] = [
    Math.floor(ms / 3_600_000),
    Math.floor(ms / 60_000) % 60,
    Math.floor(ms / 1000) % 60,
  ];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** A time as a media fragment (W3C Media Fragments URI): seconds, with what is behind the point only where there is something. */
export const fragmentOf = (ms: number): string => `t=${Number((ms / 1000).toFixed(3))}`;

const escapeCue = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** Cues as a WebVTT file. */
export const writeVtt = (cues: readonly Cue[]): string =>
  `WEBVTT\n\n${cues.map((cue) => `${vttTime(cue.startsMs)} --> ${vttTime(cue.endsMs)}\n${escapeCue(cue.text)}\n`).join("\n")}`;

/** A caption file as text: UTF-8, or UTF-16 with its mark; SubRip files of old are in Windows' own letters. */
export function captionText(bytes: Buffer): string {
  const mark = bytes.length > 1 ? bytes.readUInt16BE(0) : 0;
  if (mark === 0xfffe) return new TextDecoder("utf-16le").decode(bytes);
  if (mark === 0xfeff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
