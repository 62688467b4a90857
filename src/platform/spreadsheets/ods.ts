// An OpenDocument spreadsheet.
import { OdsTableReader } from "./ods-table-reader.ts";
import { type Row, type Spreadsheet, SpreadsheetError } from "./spreadsheet.types.ts";
import { parseXml, parseXmlPieces } from "./xml-parts.ts";
import { ENCRYPTED_MESSAGE, type ZipArchive } from "./zip-archive.ts";

const CONTENT = "content.xml";
const ROWS_IN_BATCH = 200;
const MIMETYPE = /^application\/vnd\.oasis\.opendocument\.spreadsheet(-template)?$/;

/** Whether the archive is an OpenDocument spreadsheet (and not, say, a text document). */
export async function isOds(zip: ZipArchive): Promise<boolean> {
  if (!zip.entries.has(CONTENT) && !zip.entries.has("encrypted-package")) return false;
  if (!zip.entries.has("mimetype")) return zip.entries.has(CONTENT);
  let mimetype = "";
  for await (const chunk of zip.read("mimetype")) {
    mimetype += chunk.toString("latin1");
    if (mimetype.length > 200) return false;
  }
  return MIMETYPE.test(mimetype.trim());
}

async function refuseEncrypted(zip: ZipArchive): Promise<void> {
  let encrypted = zip.entries.has("encrypted-package");
  if (zip.entries.has("META-INF/manifest.xml")) {
    await parseXml(zip.read("META-INF/manifest.xml"), {
      open: (name) => {
        if (name === "encryption-data") encrypted = true;
      },
    });
  }
  if (encrypted) throw new SpreadsheetError("FILE_ENCRYPTED", ENCRYPTED_MESSAGE);
}

async function* odsRows(zip: ZipArchive, sheet: number): AsyncGenerator<Row[]> {
  const reader = new OdsTableReader(sheet);
  let batch: Row[] = [];
  for await (const _piece of parseXmlPieces(zip.read(CONTENT), handlersOf(reader))) {
    const rows = reader.rows;
    reader.rows = [];
    for (const { number, cells, count } of rows) {
      for (let repeat = 0; repeat < count; repeat++) {
        batch.push({ number: number + repeat, cells: repeat === 0 ? cells : [...cells] });
        if (batch.length < ROWS_IN_BATCH) continue;
        yield batch;
        batch = [];
      }
    }
    if (reader.sheets.length > sheet + 1) break;
  }
  if (batch.length > 0) yield batch;
}

function handlersOf(reader: OdsTableReader) {
  return {
    open: (name: string, attributes: Record<string, string>) => reader.open(name, attributes),
    text: (text: string) => reader.text(text),
    close: (name: string) => reader.close(name),
  };
}

/** The spreadsheet of an open archive; closing it closes the archive. Column visibility is known at once. */
export async function openOds(zip: ZipArchive): Promise<Spreadsheet> {
  await refuseEncrypted(zip);
  const contents = new OdsTableReader(null);
  await parseXml(zip.read(CONTENT), handlersOf(contents));
  return {
    format: "ods",
    encoding: null,
    bom: false,
    delimiter: null,
    eol: null,
    date1904: false,
    sheets: contents.sheets.map((sheet, index) => ({ ...sheet, batches: () => odsRows(zip, index) })),
    close: () => {
      zip.close();
      return Promise.resolve();
    },
  };
}
