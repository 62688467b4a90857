// The kinds of file that the library takes, told by their content.

export type FileGroup = "document" | "picture" | "audio" | "video" | "code";

export interface FileKind {
  /** In the database and at the end of the file's name. */
  ending: string;
  group: FileGroup;
  /** As what it is given out. What a browser could run is only bytes. */
  type: string;
  /** What people call it. */
  word: string;
}

const BYTES = "application/octet-stream";
const OFFICE = "application/vnd.openxmlformats-officedocument";
const OPEN = "application/vnd.oasis.opendocument";

export const FILE_KINDS = [
  { ending: "pdf", group: "document", type: "application/pdf", word: "PDF" },
  { ending: "docx", group: "document", type: `${OFFICE}.wordprocessingml.document`, word: "Word (DOCX)" },
  { ending: "xlsx", group: "document", type: `${OFFICE}.spreadsheetml.sheet`, word: "Excel (XLSX)" },
  {
    ending: "pptx",
    group: "document",
    type: `${OFFICE}.presentationml.presentation`,
    word: "PowerPoint (PPTX)",
  },
  { ending: "odt", group: "document", type: `${OPEN}.text`, word: "OpenDocument (ODT)" },
  { ending: "ods", group: "document", type: `${OPEN}.spreadsheet`, word: "OpenDocument (ODS)" },
  { ending: "odp", group: "document", type: `${OPEN}.presentation`, word: "OpenDocument (ODP)" },
  { ending: "txt", group: "document", type: "text/plain", word: "TXT" },
  { ending: "csv", group: "document", type: "text/csv", word: "CSV" },
  { ending: "png", group: "picture", type: "image/png", word: "PNG" },
  { ending: "jpg", group: "picture", type: "image/jpeg", word: "JPEG" },
  { ending: "webp", group: "picture", type: "image/webp", word: "WebP" },
  { ending: "gif", group: "picture", type: "image/gif", word: "GIF" },
  { ending: "svg", group: "code", type: BYTES, word: "SVG" },
  { ending: "html", group: "code", type: BYTES, word: "HTML" },
  { ending: "mp3", group: "audio", type: "audio/mpeg", word: "MP3" },
  { ending: "m4a", group: "audio", type: "audio/mp4", word: "M4A" },
  { ending: "ogg", group: "audio", type: "audio/ogg", word: "OGG" },
  { ending: "mp4", group: "video", type: "video/mp4", word: "MP4" },
  { ending: "webm", group: "video", type: "video/webm", word: "WebM" },
] as const satisfies readonly FileKind[];

export type FileEnding = (typeof FILE_KINDS)[number]["ending"];

/** The kind of a stored file. */
export function kindOf(ending: string): FileKind {
  const kind = FILE_KINDS.find((one) => one.ending === ending);
  if (!kind) throw new Error(`no kind of file ends in .${ending}`);
  return kind;
}

/** Whether a player plays it. */
export const isRecording = (kind: Pick<FileKind, "group">): boolean =>
  kind.group === "audio" || kind.group === "video";

/** Whether a page may show it where it stands: sound, film, and pictures that hold nothing else. */
export const isShownInline = ({ ending, group }: FileKind): boolean =>
  group === "audio" || group === "video" || ["png", "jpg", "webp"].includes(ending);

/** The media type that file-type tells, and the kind that it is. */
export const SNIFFED: Readonly<Record<string, FileEnding>> = {
  "application/pdf": "pdf",
  [`${OFFICE}.wordprocessingml.document`]: "docx",
  [`${OFFICE}.spreadsheetml.sheet`]: "xlsx",
  [`${OFFICE}.presentationml.presentation`]: "pptx",
  [`${OPEN}.text`]: "odt",
  [`${OPEN}.spreadsheet`]: "ods",
  [`${OPEN}.presentation`]: "odp",
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/webp": "webp",
  "image/gif": "gif",
  "image/svg+xml": "svg",
  "audio/mpeg": "mp3",
  "audio/x-m4a": "m4a",
  "audio/mp4": "m4a",
  "audio/ogg": "ogg",
  "audio/ogg; codecs=opus": "ogg",
  "video/mp4": "mp4",
  "video/x-m4v": "mp4",
  "video/webm": "webm",
};

/** Those made of parts: the part that each must have. */
export const MAIN_PARTS: Readonly<Partial<Record<FileEnding, string>>> = {
  docx: "word/document.xml",
  xlsx: "xl/workbook.xml",
  pptx: "ppt/presentation.xml",
  odt: "content.xml",
  ods: "content.xml",
  odp: "content.xml",
};
