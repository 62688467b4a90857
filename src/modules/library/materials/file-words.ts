import { shortText } from "../../../ui/number-text.ts";
import { kindOf } from "./file-kinds.ts";
import type { MaterialVersion } from "./material.types.ts";
import { sayMaterial as say } from "./material.words.ts";

/** A file's size in words: "1.2 MB". */
export function sizeInWords(bytes: number): string {
  if (bytes < 1024) return say("size_bytes", { size: shortText(bytes) });
  const kilobytes = bytes / 1024;
  return kilobytes < 1000
    ? say("size_kb", { size: shortText(Math.round(kilobytes)) })
    : say("size_mb", { size: shortText(kilobytes / 1024) });
}

/** What somebody gets: "PDF, 1.2 MB, 12 pages". */
export function fileInWords({ file, pages }: Pick<MaterialVersion, "file" | "pages">): string {
  if (!file) return say("link");
  return [
    kindOf(file.ending).word,
    sizeInWords(file.bytes),
    ...(pages === null ? [] : [say("pages", { count: pages })]),
  ].join(", ");
}
