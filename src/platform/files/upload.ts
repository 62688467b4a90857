import type { IncomingHttpHeaders } from "node:http";
import { PassThrough, Readable } from "node:stream";
import { Busboy } from "@fastify/busboy";
import type { Context } from "hono";
import { cleanText } from "../web/clean-text.ts";
import { RequestProblem } from "../web/problems.ts";
import { type Acceptance, FileRefused, type FileStore, FileTooLarge, type StoredFile } from "./files.ts";

export interface Upload {
  fields: Record<string, string>;
  /** null where no file was chosen, or it was not taken. */
  file: (StoredFile & { name: string }) | null;
  /** Why the file was not taken, in words for the person. */
  refusal: string | null;
}

const MOST_FIELDS = 50;
const LONGEST_FIELD = 20_000;
const LONGEST_NAME = 200;

/**
 * Reads a form with one file, the file straight to the store in constant memory.
 * @throws RequestProblem 413 beyond `limit` bytes, 400 where the body is no form.
 */
export async function receiveUpload(c: Context, store: FileStore, acceptance: Acceptance): Promise<Upload> {
  const type = c.req.header("content-type") ?? "";
  const { body } = c.req.raw;
  if (!/^multipart\/form-data\s*;.*\bboundary="?[^\s;"]/i.test(type) || !body)
    throw new RequestProblem(
      400,
      "The form did not arrive as it should. Go back, choose the file again and send it.",
    );
  const fields: Record<string, string> = {};
  const files: Promise<Upload["file"]>[] = [];
  const parser = new Busboy({
    headers: { ...(c.req.header() as IncomingHttpHeaders), "content-type": type },
    limits: { files: 1, fields: MOST_FIELDS, fieldSize: LONGEST_FIELD },
  });
  parser.on("field", (name: string, value: string) => {
    if (name !== "__proto__") fields[name] = cleanText(value);
  });
  parser.on("file", (_field: string, content: Readable, name: string | undefined) => {
    if (!name) {
      content.resume();
      return;
    }
    // The store ends the stream that it refuses. The form's own must live, or the form would never come to its end.
    const passed = new PassThrough();
    // It may break off before the store listens; an error that nobody hears would end the process.
    passed.on("error", () => undefined);
    content.on("error", (error) => passed.destroy(error));
    content.once("close", () => {
      if (!content.readableEnded) passed.destroy(new Error("the upload broke off"));
    });
    content.pipe(passed);
    const stored = store.put(passed, acceptance).then((file) => ({
      ...file,
      name: cleanText(name).slice(-LONGEST_NAME),
    }));
    // Awaited below; a failure meanwhile must not count as unhandled, and the rest of the body must still drain.
    stored.catch(() => {
      content.unpipe(passed);
      content.resume();
    });
    files.push(stored);
  });
  try {
    const finished = new Promise<void>((resolve, reject) => {
      parser.once("finish", resolve);
      parser.once("error", reject);
    });
    Readable.fromWeb(body)
      .on("error", (error) => parser.destroy(error))
      .pipe(parser);
    await finished;
    return { fields, file: (await files[0]) ?? null, refusal: null };
  } catch (error) {
    if (error instanceof FileRefused) return { fields, file: null, refusal: error.message };
    if (error instanceof FileTooLarge)
      throw new RequestProblem(
        413,
        `The file is larger than ${Math.floor(acceptance.limit / 1024 / 1024)} MB, the most this hub takes. Split it, or ask the hub's administrator to raise the limit.`,
      );
    throw new RequestProblem(400, "The upload broke off before the file was complete. Send it again.");
  }
}
