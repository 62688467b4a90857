// A stored file as an answer: whole, or the part that was asked for (RFC 9110, 14), so that a player can jump.
import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import type { Context } from "hono";

export interface SentFile {
  path: string;
  /** SHA-256 in hex: the content's name. */
  hash: string;
  bytes: number;
  type: string;
  disposition: string;
}

export interface ByteRange {
  start: number;
  end: number;
}

/** The part that a header asks for: null is the whole, "none" one that the file has not. Several parts are answered with the whole. */
export function readRange(header: string | undefined, bytes: number): ByteRange | "none" | null {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(header?.replaceAll(" ", "") ?? "") ?? [];
  if (first === "" && last === "") return null;
  if (first === "") {
    const length = Math.min(Number(last), bytes);
    return length === 0 ? "none" : { start: bytes - length, end: bytes - 1 };
  }
  const start = Number(first);
  const end = last === "" ? bytes - 1 : Math.min(Number(last), bytes - 1);
  if (last !== "" && Number(last) < start) return null;
  return start >= bytes ? "none" : { start, end };
}

/** Whether a request begins to take a file along: not one that only looks, goes on, or has it already. */
export function beginsDownload(c: Context, hash: string): boolean {
  if (c.req.method !== "GET" || isKnown(c, hash)) return false;
  if (/prefetch|preview/i.test(`${c.req.header("sec-purpose") ?? ""} ${c.req.header("purpose") ?? ""}`))
    return false;
  const range = c.req.header("range");
  return range === undefined || /^bytes=0-\d*$/.test(range.replaceAll(" ", ""));
}

const tagOf = (hash: string): string => `"${hash}"`;

const isKnown = (c: Context, hash: string): boolean =>
  (c.req.header("if-none-match") ?? "")
    .split(",")
    .some((tag) => tag.trim().replace(/^W\//, "") === tagOf(hash));

/** Answers with a file. What stands in the file store never changes, so its hash says whether somebody has it already. */
export function sendFile(c: Context, file: SentFile): Response {
  const headers: Record<string, string> = {
    "Content-Type": file.type,
    "Content-Disposition": file.disposition,
    "Accept-Ranges": "bytes",
    ETag: tagOf(file.hash),
    // Asked again each time, since it may not be offered any more; as it is, since parts are counted in its own bytes.
    "Cache-Control": "no-cache, no-transform",
  };
  if (isKnown(c, file.hash)) return c.body(null, 304, headers);
  const condition = c.req.header("if-range");
  const range =
    condition === undefined || condition === tagOf(file.hash)
      ? readRange(c.req.header("range"), file.bytes)
      : null;
  if (range === "none") return c.body(null, 416, { ...headers, "Content-Range": `bytes */${file.bytes}` });
  const { start, end } = range ?? { start: 0, end: file.bytes - 1 };
  const body =
    c.req.method === "HEAD"
      ? null
      : (Readable.toWeb(createReadStream(file.path, { start, end })) as ReadableStream);
  return c.newResponse(body, range ? 206 : 200, {
    ...headers,
    "Content-Length": String(end - start + 1),
    ...(range ? { "Content-Range": `bytes ${start}-${end}/${file.bytes}` } : {}),
  });
}
