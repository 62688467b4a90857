import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { z } from "zod";
import type { Work } from "../../../platform/events/work.ts";
import { writeAnnotatedCopy } from "../../../platform/spreadsheets/annotate-spreadsheet.ts";
import type { RowNote } from "../../../platform/spreadsheets/spreadsheet.types.ts";
import { filterText, listHref, listQuery, PAGE_SIZE } from "../../../platform/web/list-query.ts";
import { conflict, notFound } from "../../../platform/web/problems.ts";
import { type RouteDefinition, route } from "../../../platform/web/route.ts";
import { tableDownload } from "../../../platform/web/table-download.ts";
import { Select } from "../../../ui/fields.tsx";
import { FilterForm } from "../../../ui/filter-form.tsx";
import { DataTable } from "../../../ui/table.tsx";
import { findingsExported } from "../events.ts";
import { checkMessages, columnLabel } from "../roster-reading/finding-messages.rules.ts";
import { readRosterRows } from "../roster-reading/read-roster-rows.ts";
import type { CheckCode } from "../roster-reading/roster-reading.types.ts";
import { EffectTag } from "./effect-tag.tsx";
import { readMemory } from "./memory.store.ts";
import { openRoster } from "./read-file.ts";
import { refuseEvaluators } from "./roster.policy.ts";
import { countFindings, findRoster, listFindings, type StoredFinding } from "./roster.store.ts";
import type { Roster } from "./roster.types.ts";
import { ROSTERS_PATH } from "./roster-list.pages.tsx";

const READERS = ["administrator", "hub_staff", "organization_lead", "supervisor"] as const;
const params = z.object({ id: z.uuid() });

const downloadColumns = [
  { header: "Sheet", value: (finding: StoredFinding) => finding.sheet },
  { header: "Row", value: (finding: StoredFinding) => finding.row, type: "number" as const },
  { header: "Column", value: (finding: StoredFinding) => columnLabel(finding.column) },
  { header: "Code", value: (finding: StoredFinding) => finding.code },
  { header: "Severity", value: (finding: StoredFinding) => finding.severity },
  { header: "What is wrong, and how to mend it", value: (finding: StoredFinding) => finding.message },
];

/** Rows with the grantee's own codes leave the hub: that is an event, though it is a read. */
function recordExport(visit: Work, roster: Roster, format: string): Promise<void> {
  return visit.record(findingsExported, {
    organizationId: roster.organizationId,
    subject: ["roster", roster.id],
    data: { roster: roster.id, format },
  });
}

/** All findings of a roster, and the file that goes back with them. */
export const findingRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: `${ROSTERS_PATH}/:id/findings`,
    who: READERS,
    params,
    events: [findingsExported],
    query: z.object({ ...listQuery, severity: filterText, code: filterText }),
    handle: async (visit) => {
      refuseEvaluators(visit.actor);
      const { query, trx } = visit;
      const roster = await findRoster(trx, visit.params.id);
      if (!roster) throw notFound("This roster");
      const path = `${ROSTERS_PATH}/${roster.id}/findings`;
      const filter = { severity: query.severity, code: query.code };
      if (query.format) {
        await recordExport(visit, roster, query.format);
        return tableDownload(visit, {
          name: "findings",
          format: query.format,
          columns: downloadColumns,
          rows: await listFindings(trx, roster.id, filter),
        });
      }
      const total = await countFindings(trx, roster.id, filter);
      const rows = await listFindings(trx, roster.id, filter, PAGE_SIZE, (query.page - 1) * PAGE_SIZE);
      const codes = Object.keys(roster.outcome.byCode ?? {}).toSorted();
      return visit.page(
        {
          title: "Findings",
          breadcrumbs: [
            { label: "Rosters", href: ROSTERS_PATH },
            { label: roster.fileName, href: `${ROSTERS_PATH}/${roster.id}` },
            { label: "Findings" },
          ],
        },
        <div class="stack">
          <h1>{total.toLocaleString("en-US")} findings</h1>
          <DataTable
            caption="Findings"
            rows={rows}
            href={(change) => listHref(path, query, change)}
            page={{ number: query.page, size: PAGE_SIZE, total }}
            things="findings"
            filters={
              <FilterForm action={path} clearHref={query.severity || query.code ? path : null}>
                <Select
                  name="severity"
                  label="Effect"
                  empty="All"
                  value={query.severity}
                  options={[
                    { value: "error", label: "Row left out" },
                    { value: "warning", label: "Loaded, flagged" },
                  ]}
                />
                <Select
                  name="code"
                  label="Kind"
                  empty="All"
                  value={query.code}
                  options={codes.map((code) => ({
                    value: code,
                    label: checkMessages[code as CheckCode]?.title ?? code,
                  }))}
                />
              </FilterForm>
            }
            downloads={[
              { label: "CSV", href: listHref(path, query, { format: "csv" }) },
              { label: "XLSX", href: listHref(path, query, { format: "xlsx" }) },
            ]}
            columns={[
              {
                key: "row",
                label: "Row",
                cell: (finding) => `${finding.sheet ? `${finding.sheet}, ` : ""}${finding.row ?? ""}`,
              },
              { key: "column", label: "Column", cell: (finding) => columnLabel(finding.column) },
              {
                key: "message",
                label: "What is wrong, and how to mend it",
                wrap: true,
                cell: (finding) => finding.message,
              },
              {
                key: "effect",
                label: "Effect",
                cell: (finding) => <EffectTag severity={finding.severity} />,
              },
            ]}
          />
        </div>,
      );
    },
  }),
  route({
    method: "GET",
    path: `${ROSTERS_PATH}/:id/annotated`,
    who: READERS,
    params,
    events: [findingsExported],
    handle: async (visit) => {
      refuseEvaluators(visit.actor);
      const roster = await findRoster(visit.trx, visit.params.id);
      if (!roster || roster.fileHash === "") throw notFound("This file");
      await recordExport(visit, roster, "file");
      const { config, files } = visit.platform;
      if (!(await files.has(roster.fileHash))) throw notFound("This file");
      const path = await files.pathOf(roster.fileHash);
      const opened = await openRoster({
        path,
        granteeCode: roster.granteeCode,
        given: roster.given,
        memory: await readMemory(visit.trx, roster.organizationId),
        maxWorkbookBytes: config.maxWorkbookBytes,
      });
      if ("refusal" in opened) throw conflict(opened.refusal.message);
      const folder = await mkdtemp(join(tmpdir(), "trellis-annotated-"));
      try {
        const notes = async function* (): AsyncGenerator<RowNote> {
          for await (const batch of readRosterRows(opened.spreadsheet, opened.examination)) {
            for (const row of batch)
              if (row.findings.length > 0)
                yield {
                  sheet: row.sheet,
                  row: row.row,
                  text: row.findings.map((finding) => `${finding.message} (${finding.code})`).join(" "),
                };
          }
        };
        const headerRow = opened.examination.sheets.flatMap((sheet) =>
          sheet.role === "data" ? [{ sheet: sheet.name, row: sheet.headerRows.at(-1) ?? 1 }] : [],
        );
        const target = join(folder, "copy");
        const copy = await writeAnnotatedCopy(
          path,
          target,
          { columnTitle: "Findings", headerRow, notes: notes() },
          { maxUncompressedBytes: config.maxWorkbookBytes },
        );
        const name = `${roster.fileName.replace(/\.[^.]*$/, "")}-findings${copy.extension}`;
        const content = createReadStream(target);
        content.once("close", () => void rm(folder, { recursive: true, force: true }));
        return visit.download(name, "application/octet-stream", Readable.toWeb(content) as ReadableStream);
      } catch (error) {
        await rm(folder, { recursive: true, force: true });
        throw error;
      } finally {
        await opened.close();
      }
    },
  }),
];
