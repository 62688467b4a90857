import { Readable } from "node:stream";
import type { Context } from "hono";
import { type Acceptance, FileRefused, type FileStore, FileTooLarge } from "../files/files.ts";
import { receiveUpload } from "../files/upload.ts";
import { cleanText } from "../web/clean-text.ts";
import { ApiProblem, unusableFields } from "./api-problem.ts";
import type { FileOfCall } from "./api-route.ts";

const MEGABYTE = 1024 * 1024;

/**
 * Receives the file of a call into the store in constant memory: as the file of a multipart form, with its fields, or as
 * the body itself, with its fields in the address and `file_name` among them.
 * @throws ApiProblem or RequestProblem: too large, empty, refused, broken off.
 */
export async function receiveFileOfCall(
  c: Context,
  store: FileStore,
  acceptance: Acceptance,
  query: Record<string, string>,
): Promise<{ fields: Record<string, string>; file: FileOfCall }> {
  const type = c.req.header("content-type") ?? "";
  if (/^multipart\/form-data/i.test(type)) {
    const { fields, file, refusal } = await receiveUpload(c, store, acceptance);
    if (refusal) throw wrongFile(refusal);
    return { fields, file: notEmpty(file) };
  }
  if (/^application\/(json|x-www-form-urlencoded)\b/i.test(type))
    throw new ApiProblem(
      415,
      "Send the file as multipart/form-data, or as the body itself with its own content type.",
    );
  const { file_name: name = "roster", ...fields } = query;
  const { body } = c.req.raw;
  if (!body) return { fields, file: notEmpty(null) };
  try {
    const stored = await store.put(Readable.fromWeb(body), acceptance);
    return { fields, file: notEmpty({ ...stored, name: cleanText(name) }) };
  } catch (error) {
    if (error instanceof ApiProblem) throw error;
    if (error instanceof FileRefused) throw wrongFile(error.message);
    if (error instanceof FileTooLarge)
      throw new ApiProblem(
        413,
        `The file is larger than ${Math.floor(acceptance.limit / MEGABYTE)} MB, the most this hub takes.`,
      );
    throw new ApiProblem(400, "The upload broke off before the file was complete. Send it again.");
  }
}

const wrongFile = (detail: string): ApiProblem => unusableFields({ in: "body", field: "file", detail });

function notEmpty(file: FileOfCall | null): FileOfCall {
  if (file && file.bytes > 0) return file;
  throw wrongFile("There is no file in the body, or it is empty.");
}
