// Finds other organizations' data in an answer: names and files by their words, codes and ids as whole tokens.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSpreadsheet } from "../../src/platform/spreadsheets/open-spreadsheet.ts";
import type { TestHub } from "./test-hub.ts";

export interface LeakFinder {
  /** What of the other organizations stands in the text. `echoed`: what the request itself said. */
  find(text: string, echoed?: readonly string[]): string[];
  /** Whether a mark is the name or the address of an organization, which public pages may give. */
  isPublic(mark: string): boolean;
  size: number;
}

const tokens = (text: string): Set<string> => new Set(text.match(/[A-Za-z0-9][A-Za-z0-9._-]*[A-Za-z0-9]/g));

/** Marks of every organization but one; what that one shares with others is no mark, nor the hub's name, which every page bears. */
export async function findLeaksBeside(hub: TestHub, organization: string | null): Promise<LeakFinder> {
  const { rows } = await hub.services.database.ownerPool.query<{
    organization_id: string;
    kind: string;
    mark: string;
  }>(`
    select id as organization_id, 'phrase' as kind, name as mark from directory.organization where organization_type <> 'hub'
    union select organization_id, 'phrase', file_name from pathways.roster
    union select organization_id, 'phrase', program_name from pathways.enrollment
    union select organization_id, 'phrase', name from directory.site
    union select organization_id, 'token', trainee_code from pathways.enrollment
    union select organization_id, 'token', number from directory.award
    union select id, 'token', id::text from directory.organization
    union select organization_id, 'token', id::text from directory.membership
    union select organization_id, 'token', id::text from pathways.roster`);
  const { rows: organizations } = await hub.services.database.ownerPool.query<{ mark: string }>(
    "select id::text as mark from directory.organization union select name from directory.organization",
  );
  const published = new Set(organizations.map(({ mark }) => mark));
  const own = new Set(rows.filter((row) => row.organization_id === organization).map(({ mark }) => mark));
  const foreign = rows.filter(
    (row) => row.organization_id !== organization && !own.has(row.mark) && row.mark.length > 3,
  );
  const phrases = [...new Set(foreign.filter(({ kind }) => kind === "phrase").map(({ mark }) => mark))];
  const marks = new Set(foreign.filter(({ kind }) => kind === "token").map(({ mark }) => mark));
  return {
    size: phrases.length + marks.size,
    isPublic: (mark) => published.has(mark),
    find: (text, echoed = []) => {
      const plain = unescapeHtml(text);
      const found = [
        ...phrases.filter((phrase) => plain.includes(phrase)),
        ...[...tokens(plain)].filter((token) => marks.has(token)),
      ];
      return found.filter((mark) => !echoed.includes(mark));
    },
  };
}

function unescapeHtml(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

/** An answer as text: its address, its own text, or a workbook's cells. */
export async function textOf(answer: Response): Promise<string> {
  const location = answer.headers.get("location") ?? "";
  const type = answer.headers.get("content-type") ?? "";
  if (!type.includes("spreadsheetml")) return `${location}\n${await answer.text()}`;
  return workbookText(new Uint8Array(await answer.arrayBuffer()));
}

async function workbookText(content: Uint8Array): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "trellis-answer-"));
  try {
    writeFileSync(join(folder, "answer.xlsx"), content);
    const spreadsheet = await openSpreadsheet(join(folder, "answer.xlsx"));
    const lines: string[] = [];
    for (const sheet of spreadsheet.sheets) {
      for await (const rows of sheet.batches()) {
        for (const row of rows)
          lines.push(row.cells.map((cell) => (typeof cell === "string" ? cell : cell.text)).join("\t"));
      }
    }
    await spreadsheet.close();
    return lines.join("\n");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
