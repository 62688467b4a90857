// Finds out, from the first records of a text file, what separates its cells and what ends its lines.

export type Delimiter = "," | ";" | "\t" | "|";

const CANDIDATES: readonly Delimiter[] = [",", ";", "\t", "|"];
const RECORDS_LOOKED_AT = 60;

export interface TextLayout {
  delimiter: Delimiter;
  eol: "LF" | "CRLF";
}

interface Trial {
  /** Cells of each record that is not empty. */
  cellCounts: number[];
  lineFeeds: number;
  carriageReturnLineFeeds: number;
}

/** Cuts the sample by one delimiter, quotation marks respected; never fails, whatever the text. */
function tryDelimiter(sample: string, delimiter: Delimiter, whole: boolean): Trial {
  const trial: Trial = { cellCounts: [], lineFeeds: 0, carriageReturnLineFeeds: 0 };
  let cells = 1;
  let cellStart = 0;
  let recordStart = 0;
  let quoted = false;
  for (let at = 0; at < sample.length && trial.cellCounts.length < RECORDS_LOOKED_AT; at++) {
    const character = sample[at];
    if (quoted) {
      if (character === '"') {
        if (sample[at + 1] === '"') at++;
        else quoted = false;
      }
    } else if (character === '"') {
      quoted = at === cellStart;
    } else if (character === delimiter) {
      cells++;
      cellStart = at + 1;
    } else if (character === "\n" || (character === "\r" && sample[at + 1] !== "\n")) {
      const crlf = sample[at - 1] === "\r" && character === "\n";
      if (crlf) trial.carriageReturnLineFeeds++;
      else if (character === "\n") trial.lineFeeds++;
      if (at - (crlf ? 1 : 0) > recordStart) trial.cellCounts.push(cells);
      cells = 1;
      cellStart = recordStart = at + 1;
    }
  }
  // A last record that the sample cuts off would only look inconsistent.
  if (whole && recordStart < sample.length) trial.cellCounts.push(cells);
  return trial;
}

/**
 * How well a delimiter explains the records: the share that has the most frequent number of cells, weighted so that
 * many cells beat few. Titles and prose lower every candidate alike; the decimal commas of a file with semicolons
 * miss the header line, which holds none.
 */
function score(cellCounts: number[]): number {
  const frequency = new Map<number, number>();
  for (const cells of cellCounts) frequency.set(cells, (frequency.get(cells) ?? 0) + 1);
  let best = 0;
  for (const [cells, records] of frequency) {
    best = Math.max(best, (records / cellCounts.length) * (1 - 1 / cells));
  }
  return best;
}

/** The delimiter that Excel's first line "sep=;" states, or null. */
function statedDelimiter(sample: string): Delimiter | null {
  const stated = /^"?sep=([,;\t|])"?(?:[\r\n]|$)/i.exec(sample)?.[1];
  return CANDIDATES.find((candidate) => candidate === stated) ?? null;
}

/**
 * What separates cells and ends lines.
 * @param sample the first characters of the file
 * @param whole the sample is the whole file
 */
export function sniffTextLayout(sample: string, whole: boolean): TextLayout {
  const stated = statedDelimiter(sample);
  let chosen: { delimiter: Delimiter; score: number; trial: Trial } | null = null;
  for (const delimiter of stated === null ? CANDIDATES : [stated]) {
    const trial = tryDelimiter(sample, delimiter, whole);
    const candidate = { delimiter, score: score(trial.cellCounts), trial };
    if (chosen === null || candidate.score > chosen.score) chosen = candidate;
  }
  const trial = chosen?.trial;
  return {
    delimiter: chosen?.delimiter ?? ",",
    eol: trial && trial.carriageReturnLineFeeds > trial.lineFeeds ? "CRLF" : "LF",
  };
}
