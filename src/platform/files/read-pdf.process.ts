// A process of its own that reads one PDF: `node read-pdf.js FILE` writes one line of JSON. It gets no settings and no
// secrets, may read that file only, and is ended when it takes too long; whatever a file does to it, the hub goes on.
import { readFileSync } from "node:fs";
import { PDFiumLibrary, type PDFiumPage } from "@hyzyla/pdfium";
import { PNG } from "pngjs";

/** What it writes; without a picture where the first page cannot be drawn. */
export interface PdfFindings {
  pages: number;
  text: string;
  picture: { png: string; width: number; height: number } | null;
}

const MOST_PAGES = 200;
const MOST_TEXT = 1024 * 1024;
const MOST_PICTURE_BYTES = 60 * 1024;
/** Tried one after another until the picture is small enough. */
const WIDTHS = [400, 320, 250, 180, 120];
/** A page as long as a street is shown by its upper part. */
const HIGHEST = 1.6;

type Picture = { width: number; height: number; data: Uint8Array };

/** Fewer shades pack better, and nobody sees it in a picture of this size. */
function packPicture({ width, height, data }: Picture, shades: number): Buffer {
  const png = new PNG({ width, height });
  const step = 256 / shades;
  for (let at = 0; at < width * height * 4; at += 4) {
    for (let channel = 0; channel < 3; channel += 1)
      png.data[at + channel] = Math.min(255, Math.round((data[at + channel] ?? 255) / step) * step);
    png.data[at + 3] = 255;
  }
  return PNG.sync.write(png, { colorType: 2, deflateLevel: 9 });
}

async function drawPage(page: PDFiumPage): Promise<PdfFindings["picture"]> {
  const { originalWidth, originalHeight } = page.getOriginalSize();
  if (!(originalWidth > 0) || !(originalHeight > 0)) return null;
  for (const width of WIDTHS) {
    const height = Math.max(1, Math.round((originalHeight / originalWidth) * width));
    // Longer than can be shown: it would have to be drawn whole, however long it is.
    if (height > width * HIGHEST * 4) return null;
    const drawn = await page.render({ width, height, render: "bitmap" });
    const shown = Math.min(drawn.height, Math.round(width * HIGHEST));
    for (const shades of [64, 32, 16]) {
      const png = packPicture({ width: drawn.width, height: shown, data: drawn.data }, shades);
      if (png.length <= MOST_PICTURE_BYTES)
        return { png: png.toString("base64"), width: drawn.width, height: shown };
    }
  }
  return null;
}

async function readPdf(path: string): Promise<PdfFindings> {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(readFileSync(path));
  const pages = document.getPageCount();
  let text = "";
  for (let index = 0; index < Math.min(pages, MOST_PAGES) && text.length < MOST_TEXT; index += 1) {
    try {
      text += `${document.getPage(index).getText()}\n`;
    } catch {
      // One damaged page does not hide the others.
    }
  }
  const picture = await drawPage(document.getPage(0)).catch(() => null);
  return { pages, text: text.slice(0, MOST_TEXT), picture };
}

const path = process.argv[2];
if (path === undefined) throw new Error("Say which file.");
process.stdout.write(JSON.stringify(await readPdf(path)));
