import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";

/** The COPY text of a value: \N for null, and the four characters that COPY gives a meaning escaped. */
export function copyField(value: string | number | boolean | null): string {
  if (value === null) return "\\N";
  const text = String(value);
  return /[\\\t\n\r]/.test(text)
    ? text.replace(/[\\\t\n\r]/g, (sign) => ({ "\\": "\\\\", "\t": "\\t", "\n": "\\n" })[sign] ?? "\\r")
    : text;
}

/** One line of COPY text. */
export function copyLine(values: readonly (string | number | boolean | null)[]): string {
  return `${values.map(copyField).join("\t")}\n`;
}

/** Characters that are sent at once: fewer, larger messages. */
const BLOCK = 256 * 1024;

/**
 * COPY lines into a table, with back-pressure.
 * @param nullText what stands for null.
 * @param target table and columns, written by the caller's code, never by a person: "pathways.enrollment (id, …)".
 */
export async function copyLines(
  client: pg.ClientBase,
  target: string,
  lines: Iterable<string> | AsyncIterable<string>,
  nullText = "\\N",
): Promise<void> {
  const stream = client.query(copyFrom(`copy ${target} from stdin with (null '${nullText}')`));
  const blocks = async function* (): AsyncGenerator<string> {
    let block = "";
    for await (const line of lines) {
      block += line;
      if (block.length < BLOCK) continue;
      yield block;
      block = "";
    }
    if (block !== "") yield block;
  };
  // pipeline tells the server when the lines break off, which ends the COPY; a stream left open would hold the connection.
  await pipeline(Readable.from(blocks(), { objectMode: true, highWaterMark: 2 }), stream);
}

/** COPY a stream of CSV with a header row into a table. */
export async function copyCsv(client: pg.ClientBase, target: string, csv: Readable): Promise<void> {
  await pipeline(csv, client.query(copyFrom(`copy ${target} from stdin with (format csv, header)`)));
}
