// Files on their way in: what is remembered, what is refused whole, and the copy that goes back with its findings.
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { optionValue, questionField } from "../src/modules/pathways/rosters/question-form.ts";
import { openSpreadsheet } from "../src/platform/spreadsheets/open-spreadsheet.ts";
import { createTestHub } from "./support/test-hub.ts";
import { upload } from "./support/visitors.ts";

const SAMPLES = new URL("fixtures/rosters/a/", import.meta.url);
const hub = await createTestHub({ demo: true });
// The demonstration's year is closed; here it is open.
await hub.services.database.ownerPool.query("delete from pathways.locked_year");
const theo = await hub.signIn("theo@demo.example");

interface RosterRow {
  state: string;
  outcome: {
    refusal?: { code: string; message: string };
    questions?: { question: string; column?: string | number; header?: string; value?: string }[];
  };
}

async function bringIn(code: string, content: File): Promise<{ id: string } & RosterRow> {
  const answer = await upload(hub, "/pathways/rosters", { code }, theo, content);
  expect(answer.status).toBe(303);
  await hub.workJobs();
  return readRoster(answer.headers.get("location")?.split("/").at(-1) ?? "");
}

async function readRoster(id: string): Promise<{ id: string } & RosterRow> {
  const { rows } = await hub.services.database.ownerPool.query<RosterRow>(
    "select state, outcome from pathways.roster where id = $1",
    [id],
  );
  if (!rows[0]) throw new Error("there is no such roster");
  return { id, ...rows[0] };
}

const sample = (name: string): File => new File([readFileSync(new URL(name, SAMPLES))], name);

/** A clean roster whose key and one code are named as nobody else names them. */
function oddFile(trainee: string): File {
  const header =
    "Learner number,Program,Program type,Academic year,Profession,Enrollment status,Start date,Funded,Outcome,Time with partners";
  return new File(
    [
      `${header}\n${trainee},Odd words,Apprenticeship,2020-21,counselor,full-time,2020-09-01,yes,continuing,12\n`,
    ],
    `${trainee}.csv`,
  );
}

test("what was answered for one file is not asked of the next, and holds for that organization only", async () => {
  const first = await bringIn("G28", sample("g28-mn-roster.csv"));
  expect(first.state).toBe("asking");
  const questions = first.outcome.questions ?? [];
  const truth = JSON.parse(readFileSync(new URL("truth.json", SAMPLES), "utf8")) as {
    files: {
      file: string;
      must_ask: { question: string; value?: string; header?: string; answer: string }[];
    }[];
  };
  const answers = truth.files.find(({ file }) => file === "g28-mn-roster.csv")?.must_ask ?? [];
  expect(questions.map(({ question }) => question)).toEqual(answers.map(({ question }) => question));
  const form = Object.fromEntries(answers.map(({ answer }, at) => [questionField(at), optionValue(answer)]));
  const page = await (await hub.get(`/pathways/rosters/${first.id}`, theo)).text();
  for (const field of Object.keys(form)) expect(page).toContain(`name="${field}"`);
  expect(
    (
      await hub.post(
        `/pathways/rosters/${first.id}/answers`,
        { ...form, asked: String(questions.length) },
        theo,
      )
    ).status,
  ).toBe(303);
  await hub.workJobs();
  const answered = await readRoster(first.id);
  expect([answered.state, answered.outcome.questions]).toEqual(["ready", []]);
  const second = await bringIn("G28", sample("g28-mn-roster.csv"));
  expect(second.outcome.questions).toEqual([]);
  const elsewhere = await bringIn("G27", sample("g28-mn-roster.csv"));
  expect([elsewhere.state, elsewhere.outcome.questions?.length]).toEqual(["asking", questions.length]);
});

test("a file without a trainee ID is refused whole, with the column to name", async () => {
  const { state, outcome } = await bringIn("G28", oddFile("L-100"));
  expect([state, outcome.refusal?.code]).toEqual(["refused", "FILE_NO_KEY"]);
  expect(outcome.refusal?.message).toMatch(/trainee id/i);
});

test("a file that is no roster, an encrypted workbook and a damaged one are refused, with what to do", async () => {
  // The header of a compound file: how Excel stores a workbook with a password.
  const compound = Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(1528)]);
  const name = Buffer.from("EncryptedPackage", "utf16le");
  const encrypted = Buffer.concat([compound, name, Buffer.alloc(512)]);
  const whole = readFileSync(new URL("g13-pa-roster.xlsx", SAMPLES));
  const refused: [file: File, code: string][] = [
    [new File(["Dear colleagues,\nplease find below\nnothing at all\n"], "letter.csv"), "FILE_NO_HEADER"],
    [new File([encrypted], "secret.xlsx"), "FILE_ENCRYPTED"],
    [new File([whole.subarray(0, Math.floor(whole.length / 2))], "half.xlsx"), "FILE_UNREADABLE"],
  ];
  for (const [file, code] of refused) {
    const { id, state, outcome } = await bringIn("G27", file);
    expect([file.name, state, outcome.refusal?.code]).toEqual([file.name, "refused", code]);
    expect(outcome.refusal?.message.length).toBeGreaterThan(40);
    const page = await hub.get(`/pathways/rosters/${id}`, theo);
    expect(page.status).toBe(200);
    expect((await hub.post(`/pathways/rosters/${id}/commit`, {}, theo)).status).toBe(409);
    expect((await hub.get(`/pathways/rosters/${id}/annotated`, theo)).status).toBe(409);
  }
});

test.each([
  ["G01", "g01-oh-roster.csv"],
  ["G14", "g14-fl-roster.xlsx"],
])("the file of %s comes back with a column of its findings, each in its row", async (code, name) => {
  const { id } = await bringIn(code, sample(name));
  const { rows: findings } = await hub.services.database.ownerPool.query<{
    sheet: string | null;
    row: number;
    message: string;
    code: string;
  }>("select sheet, row, message, code from pathways.roster_finding where roster_id = $1", [id]);
  expect(findings.length).toBeGreaterThan(4);
  const answer = await hub.get(`/pathways/rosters/${id}/annotated`, theo);
  expect(answer.status).toBe(200);
  const extension = name.slice(name.lastIndexOf("."));
  expect(answer.headers.get("content-disposition")).toContain(`-findings${extension}`);
  const folder = await mkdtemp(join(tmpdir(), "trellis-annotated-test-"));
  try {
    const path = join(folder, `copy${extension}`);
    await writeFile(path, Buffer.from(await answer.arrayBuffer()));
    const copy = await openSpreadsheet(path);
    const told = new Map<string, string>();
    for (const sheet of copy.sheets)
      for await (const batch of sheet.batches())
        for (const { number: row, cells } of batch)
          told.set(
            `${sheet.name ?? ""}:${row}`,
            cells.map((cell) => (typeof cell === "string" ? cell : cell.text)).join(" | "),
          );
    await copy.close();
    for (const { sheet, row, message, code: check } of findings)
      expect(told.get(`${sheet ?? ""}:${row}`) ?? "", `row ${row}`).toContain(`${message} (${check})`);
    const marked = [...told.values()].filter((text) => / \([A-Z][A-Z0-9]*_[A-Z0-9_]+\)/.test(text));
    expect(marked).toHaveLength(new Set(findings.map(({ sheet, row }) => `${sheet}:${row}`)).size);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("the findings page lists them all, and its download has as many lines", async () => {
  const { id } = await bringIn("G01", sample("g01-oh-roster.csv"));
  const { rows } = await hub.services.database.ownerPool.query<{ count: number }>(
    "select count(*) as count from pathways.roster_finding where roster_id = $1",
    [id],
  );
  const page = await (await hub.get(`/pathways/rosters/${id}/findings`, theo)).text();
  expect(page).toContain(`<h1>${rows[0]?.count} findings</h1>`);
  const csv = await (await hub.get(`/pathways/rosters/${id}/findings?format=csv`, theo)).text();
  expect(csv.trimEnd().split("\r\n")).toHaveLength((rows[0]?.count ?? 0) + 1);
});
