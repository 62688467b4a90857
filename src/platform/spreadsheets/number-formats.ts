// What an Excel number format says about a number: a date, a time, a percentage, or just a number.
import { parseXml, type XmlAttributes } from "./xml-parts.ts";

/** "time" is a time of day, "duration" an elapsed time such as [h]:mm. */
export type NumberFormatKind = "number" | "percent" | "date" | "time" | "duration";

/** Formats that have a number but no text in the file; 27-36 and 50-58 are dates in East Asian Excel. */
function builtInKind(id: number): NumberFormatKind {
  if (id === 9 || id === 10) return "percent";
  if ((id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 31) || id === 36) return "date";
  if (id >= 50 && id <= 58) return "date";
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id === 45 || id === 47) return "time";
  return id === 46 ? "duration" : "number";
}

/** The kind of a custom number format, by the letters of its first section. */
export function numberFormatKind(format: string): NumberFormatKind {
  const withoutText = format.replace(/"[^"]*"?|\\.|_.|\*./g, "");
  const section = withoutText.split(";", 1)[0] ?? "";
  if (/\[(h+|m+|s+)\]/i.test(section)) return "duration";
  const letters = section.replace(/\[[^\]]*\]?/g, "").replace(/am\/pm|a\/p/gi, "");
  if (/^(general|standard)$/i.test(letters.trim())) return "number";
  if (/[yd]/i.test(letters)) return "date";
  if (/[hs]/i.test(letters)) return /mmm/i.test(letters) ? "date" : "time";
  if (/m/i.test(letters)) return "date";
  return letters.includes("%") ? "percent" : "number";
}

/** The kind of every cell style of a workbook, in the order that cells refer to them by. */
export async function readCellStyleKinds(stylesXml: AsyncIterable<Buffer>): Promise<NumberFormatKind[]> {
  const custom = new Map<number, NumberFormatKind>();
  const kinds: NumberFormatKind[] = [];
  let inCellFormats = false;
  await parseXml(stylesXml, {
    open: (name: string, attributes: XmlAttributes) => {
      if (name === "numFmt") {
        custom.set(Number(attributes["numFmtId"]), numberFormatKind(attributes["formatCode"] ?? ""));
      } else if (name === "cellXfs") inCellFormats = true;
      else if (name === "xf" && inCellFormats) {
        const id = Number(attributes["numFmtId"] ?? 0);
        kinds.push(custom.get(id) ?? builtInKind(id));
      }
    },
    close: (name) => {
      if (name === "cellXfs") inCellFormats = false;
    },
  });
  return kinds;
}
