// Small files of every kind that the library takes or refuses, made here, byte by byte.
import { buffer } from "node:stream/consumers";
import yazl from "yazl";

export const latin1 = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, "latin1"));

/** A PDF whose pages say these words. */
export function pdf(...pages: string[]): Uint8Array<ArrayBuffer> {
  const kids = pages.map((_, index) => `${4 + index * 2} 0 R`).join(" ");
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ...pages.flatMap((words, index) => {
      const drawn = `0.2 0.5 0.3 rg 72 500 300 90 re f BT 0 g /F1 20 Tf 72 700 Td (${words}) Tj ET`;
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${5 + index * 2} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
        `<< /Length ${drawn.length} >>\nstream\n${drawn}\nendstream`,
      ];
    }),
  ];
  let text = "%PDF-1.4\n";
  const places = objects.map((object, index) => {
    const place = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, "0")} 00000 n \n`;
  });
  const table = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join("")}trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return latin1(text);
}

/** A zip file of these parts. */
export async function zip(
  parts: Readonly<Record<string, string | Uint8Array>>,
): Promise<Uint8Array<ArrayBuffer>> {
  const made = new yazl.ZipFile();
  for (const [name, content] of Object.entries(parts)) made.addBuffer(Buffer.from(content), name);
  made.end();
  return new Uint8Array(await buffer(made.outputStream));
}

const MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
const types = (main: string): string =>
  `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="${main}"/></Types>`;

/** A Word document that says these words; with further parts, or another kind of main part. */
export const docx = (
  words: string,
  further: Readonly<Record<string, string | Uint8Array>> = {},
  main = MAIN,
): Promise<Uint8Array<ArrayBuffer>> =>
  zip({
    "[Content_Types].xml": types(main),
    "word/document.xml": `<?xml version="1.0"?><w:document xmlns:w="w"><w:body><w:p><w:r><w:t>${words}</w:t></w:r></w:p></w:body></w:document>`,
    ...further,
  });

/** A zip whose directory declares that its parts unpack to far more than anybody has. */
export async function bomb(): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = Buffer.from(await docx("x".repeat(2000)));
  for (let at = bytes.indexOf("PK\u0001\u0002"); at !== -1; at = bytes.indexOf("PK\u0001\u0002", at + 4))
    bytes.writeUInt32LE(0xf0_00_00_00, at + 24);
  return new Uint8Array(bytes);
}

/** So many seconds of silence as MP3 (MPEG 1, layer III, 32 kbit/s). */
export function mp3(seconds: number): Uint8Array<ArrayBuffer> {
  const frame = Buffer.alloc(104);
  frame.set([0xff, 0xfb, 0x10, 0xc4]);
  return new Uint8Array(Buffer.concat(Array.from({ length: Math.ceil(seconds / 0.026_122) }, () => frame)));
}

/** The beginning of a film, as far as anybody looks; the bytes after it tell where one is. */
export const mp4 = (length = 1000): Uint8Array<ArrayBuffer> =>
  new Uint8Array(
    Buffer.concat([
      Buffer.from("\0\0\0\u0018ftypmp42\0\0\0\0mp42isom", "latin1"),
      Buffer.from(Array.from({ length: length - 24 }, (_, index) => index % 251)),
    ]),
  );

/** One pixel. */
export const PNG = new Uint8Array(
  Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  ),
);
