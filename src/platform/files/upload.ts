import type { IncomingHttpHeaders } from "node:http";
import { Readable } from "node:stream";
import { Busboy } from "@fastify/busboy";
import type { Context } from "hono";
import { cleanText } from "../web/clean-text.ts";
import { RequestProblem } from "../web/problems.ts";
import { FileTooLarge, type StoredFile, storeFile } from "./files.ts";

export interface Upload {
  fields: Record<string, string>;
  /** null where no file was chosen. */
  file: (StoredFile & { name: string }) | null;
}

const MOST_FIELDS = 50;
const LONGEST_FIELD = 20_000;
const LONGEST_NAME = 200;

/**
 * Reads a form with one file, the file straight to the store in constant memory.
 * @throws RequestProblem 413 beyond `limit` bytes, 400 where the body is no form.
 */
export async function receiveUpload(c: Context, dataFolder: string, limit: number): Promise<Upload> {
  const type = c.req.header("content-type") ?? "";
  const { body } = c.req.raw;
  if (!/^multipart\/form-data/i.test(type) || !body)
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
    const stored = storeFile(dataFolder, content, limit).then((file) => ({
      ...file,
      name: cleanText(name).slice(-LONGEST_NAME),
    }));
    // Awaited below; a failure meanwhile must not count as unhandled, and the rest of the body must still drain.
    stored.catch(() => content.resume());
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
    return { fields, file: (await files[0]) ?? null };
  } catch (error) {
    if (error instanceof FileTooLarge)
      throw new RequestProblem(
        413,
        `The file is larger than ${Math.floor(limit / 1024 / 1024)} MB, the most this hub takes. Split it, or ask the hub's administrator to raise the limit.`,
      );
    throw new RequestProblem(400, "The upload broke off before the file was complete. Send it again.");
  }
}
