// The library for harvesters (OAI-PMH 2.0), asked as a harvester asks.
import { beforeAll, describe, expect, test } from "vitest";
import { changePractice, makePractice, takeOut } from "./support/made-practices.ts";
import { findAll, readXml, textsOf, type XmlNode } from "./support/read-xml.ts";
import { createTestHub } from "./support/test-hub.ts";

const ADDRESS = "https://hub.example.org/library/oai";
const clock = { now: new Date("2026-11-23T14:00:00Z") };
const hub = await createTestHub({
  demo: true,
  clock: () => clock.now,
  config: {
    TRELLIS_URL: "https://hub.example.org",
    TRELLIS_SMTP_URL: "smtp://127.0.0.1:9?tls=off",
    TRELLIS_MAIL_FROM: "hub@hub.example.org",
  },
});
const MADE = 250;
const later = (seconds: number): void => {
  clock.now = new Date(clock.now.getTime() + seconds * 1000);
};

type Asked = Record<string, string>;
const read = async (answer: Response): Promise<XmlNode> => {
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("text/xml; charset=utf-8");
  const document = readXml(await answer.text());
  expect(document.name).toBe("{http://www.openarchives.org/OAI/2.0/}OAI-PMH");
  return document;
};
const ask = async (asked: Asked | string): Promise<XmlNode> =>
  read(
    await hub.get(
      `/library/oai?${typeof asked === "string" ? asked : new URLSearchParams(asked).toString()}`,
    ),
  );
const errorOf = (document: XmlNode): string | undefined => findAll(document, "error")[0]?.attributes["code"];
const tokenOf = (document: XmlNode): XmlNode | undefined => findAll(document, "resumptionToken")[0];
const headersOf = (document: XmlNode): { id: string; stamp: string; deleted: boolean; sets: string[] }[] =>
  findAll(document, "header").map((header) => ({
    id: textsOf(header, "identifier")[0] ?? "",
    stamp: textsOf(header, "datestamp")[0] ?? "",
    deleted: header.attributes["status"] === "deleted",
    sets: textsOf(header, "setSpec"),
  }));

const LIST = { verb: "ListIdentifiers", metadataPrefix: "oai_dc" };

/** Walks a list to its end, as harvesters do. @param between told after each part. */
async function harvest(
  asked: Asked,
  between: (part: number) => Promise<void> = async () => undefined,
): Promise<{ headers: ReturnType<typeof headersOf>; parts: XmlNode[] }> {
  const parts: XmlNode[] = [];
  let next: Asked = asked;
  for (;;) {
    const document = await ask(next);
    expect(errorOf(document)).toBeUndefined();
    parts.push(document);
    const token = tokenOf(document)?.text;
    if (!token) return { headers: parts.flatMap(headersOf), parts };
    await between(parts.length);
    next = { verb: asked["verb"] ?? "", resumptionToken: token };
  }
}

/** What the database holds of what has been public. */
async function stored(condition = "true"): Promise<{ id: string; deleted: boolean }[]> {
  const { rows } = await hub.services.database.ownerPool.query<{ id: string; deleted: boolean }>(
    `select 'oai:hub.example.org:' || id as id, state <> 'published' as deleted from library.practice where state <> 'draft' and ${condition} order by 1`,
  );
  return rows;
}
const byId = (headers: readonly { id: string; deleted: boolean }[]) =>
  headers.map(({ id, deleted }) => ({ id, deleted })).toSorted((a, b) => (a.id < b.id ? -1 : 1));

beforeAll(async () => {
  for (let number = 1; number <= MADE; number += 1) {
    // Several of the same moment, so that the order among them counts.
    if (number % 7 === 0) later(1);
    await makePractice(hub, {
      title: `Practice ${number} <&> ]]>`,
      states: [number % 2 === 0 ? "NE" : "IA"],
      categories: number % 5 === 0 ? ["recruitment", "retention"] : ["recruitment"],
    });
  }
  later(10);
  for (const number of [10, 20, 130]) await takeOut(hub, `practice-${number}`);
}, 120_000);

describe("a harvester", () => {
  test("learns who the repository is, what it speaks, and which sets it has", async () => {
    const identify = await ask({ verb: "Identify" });
    const said = (name: string): string | undefined => textsOf(identify, name)[0];
    expect(said("baseURL")).toBe(ADDRESS);
    expect(said("protocolVersion")).toBe("2.0");
    expect(said("adminEmail")).toBe("hub@hub.example.org");
    expect(said("deletedRecord")).toBe("persistent");
    expect(said("granularity")).toBe("YYYY-MM-DDThh:mm:ssZ");
    expect(said("repositoryIdentifier")).toBe("hub.example.org");
    const { headers } = await harvest(LIST);
    expect(headers.every(({ stamp }) => stamp >= (said("earliestDatestamp") ?? "9"))).toBe(true);
    const formats = await ask({ verb: "ListMetadataFormats" });
    expect(textsOf(formats, "metadataPrefix")).toEqual(["oai_dc"]);
    const sets = textsOf(await ask({ verb: "ListSets" }), "setSpec");
    for (const set of ["state", "state:NE", "state:US", "category", "category:recruitment"])
      expect(sets).toContain(set);
    expect(new Set(headers.flatMap((header) => header.sets).filter((set) => !sets.includes(set)))).toEqual(
      new Set(),
    );
  });

  test("walks all records in parts and has what the database has, also what is gone, each once", async () => {
    for (const verb of ["ListIdentifiers", "ListRecords"]) {
      const { headers, parts } = await harvest({ verb, metadataPrefix: "oai_dc" });
      const all = await stored();
      expect(all.length).toBeGreaterThan(MADE);
      expect(byId(headers)).toEqual(all);
      expect(headers.filter(({ deleted }) => deleted)).toHaveLength(3);
      expect(parts.length).toBe(Math.ceil(all.length / 100));
      expect(parts.map((part) => tokenOf(part)?.attributes)).toEqual(
        parts.map((_, index) => ({ completeListSize: String(all.length), cursor: String(index * 100) })),
      );
      if (verb === "ListRecords")
        expect(parts.flatMap((part) => findAll(part, "metadata"))).toHaveLength(all.length - 3);
    }
  });

  test("harvests sets, a whole hierarchy, and times of either granularity, both ends included", async () => {
    expect(byId((await harvest({ ...LIST, set: "state:NE" })).headers)).toEqual(
      await stored("'state:NE' = any (facets)"),
    );
    expect(byId((await harvest({ ...LIST, set: "category" })).headers)).toEqual(
      await stored("jsonb_array_length(content->'categories') > 0"),
    );
    const { headers } = await harvest(LIST);
    const moments = [...new Set(headers.map(({ stamp }) => stamp))].toSorted();
    const [from = "", until = ""] = [moments.at(-5), moments.at(-2)];
    const between = (await harvest({ ...LIST, from, until })).headers;
    expect(byId(between)).toEqual(byId(headers.filter(({ stamp }) => stamp >= from && stamp <= until)));
    expect(between.some(({ stamp }) => stamp === from) && between.some(({ stamp }) => stamp === until)).toBe(
      true,
    );
    const day = (await harvest({ ...LIST, from: "2026-11-23", until: "2026-11-23" })).headers;
    expect(byId(day)).toEqual(byId(headers.filter(({ stamp }) => stamp.startsWith("2026-11-23"))));
  });

  test("loses nothing by what changes while it walks, and finds it again from where it began", async () => {
    const began = clock.now.toISOString().replace(/\.\d+Z$/, "Z");
    let added = "";
    const { headers } = await harvest(LIST, async (part) => {
      if (part !== 1) return;
      later(2);
      await changePractice(hub, "practice-3", { summary: "Changed while somebody harvests." });
      await takeOut(hub, "practice-200");
      added = await makePractice(hub, { title: "Added while somebody harvests" });
    });
    // What was seen before it changed comes again, as it is now; the last word counts.
    const last = new Map(headers.map((header) => [header.id, header]));
    expect(byId([...last.values()])).toEqual(await stored());
    const since = byId((await harvest({ ...LIST, from: began })).headers);
    expect(since).toEqual(
      await stored(`slug in ('practice-3', 'practice-200', '${added}') or changed_at >= '${began}'`),
    );
    expect(since.length).toBeGreaterThanOrEqual(3);
  });

  test("gets one record in Dublin Core, whatever stands in it, and the header alone of one that is gone", async () => {
    const { headers } = await harvest({ ...LIST, set: "category:retention" });
    const live = headersOf(await ask({ ...LIST, set: "state:IA" })).find(({ deleted }) => !deleted);
    const gone = headers.find(({ deleted }) => deleted);
    const record = await ask({ verb: "GetRecord", metadataPrefix: "oai_dc", identifier: live?.id ?? "" });
    const [dc] = findAll(record, "dc");
    expect(dc?.name).toBe("{http://www.openarchives.org/OAI/2.0/oai_dc/}dc");
    expect(dc?.children.every(({ name }) => name.startsWith("{http://purl.org/dc/elements/1.1/}"))).toBe(
      true,
    );
    expect(textsOf(record, "title")[0]).toMatch(/^Practice \d+ <&> \]\]>$/);
    expect(textsOf(record, "identifier").at(-1)).toMatch(
      /^https:\/\/hub\.example\.org\/library\/practices\/practice-\d+$/,
    );
    expect(textsOf(record, "coverage")[0]).toBe("Iowa");
    expect(findAll(record, "request")[0]?.attributes["identifier"]).toBe(live?.id);
    const deleted = await ask({ verb: "GetRecord", metadataPrefix: "oai_dc", identifier: gone?.id ?? "" });
    expect(headersOf(deleted)).toHaveLength(1);
    expect(findAll(deleted, "metadata")).toEqual([]);
    expect(
      textsOf(await ask({ verb: "ListMetadataFormats", identifier: gone?.id ?? "" }), "metadataPrefix"),
    ).toEqual(["oai_dc"]);
  });

  test("asks by POST as well, from wherever it is, and at the Spanish address is led to the one that there is", async () => {
    const answer = await hub.app.request("http://localhost/library/oai", {
      method: "POST",
      body: new URLSearchParams(LIST),
      headers: { origin: "https://harvester.example", "content-type": "application/x-www-form-urlencoded" },
    });
    expect(headersOf(await read(answer)).length).toBe(100);
    const spanish = await hub.get("/es/library/oai?verb=Identify");
    expect(spanish.status).toBe(308);
    expect(spanish.headers.get("location")).toBe("/library/oai?verb=Identify");
  });
});

describe("what a harvester does wrong is told by its code, with status 200:", () => {
  const id = "oai:hub.example.org:00000000-0000-4000-8000-000000000000";
  const token = Buffer.from(
    JSON.stringify({
      verb: "ListRecords",
      given: { metadataPrefix: "oai_dc" },
      at: "1",
      id: id.slice(-36),
      cursor: 100,
    }),
  ).toString("base64url");
  const broken = Buffer.from(
    JSON.stringify({
      verb: "ListRecords",
      given: { metadataPrefix: "marc" },
      at: "1",
      id: id.slice(-36),
      cursor: 100,
    }),
  ).toString("base64url");
  const wrong: [code: string, asked: string][] = [
    ["badVerb", ""],
    ["badVerb", "verb=Nonsense"],
    ["badVerb", "verb=constructor"],
    ["badVerb", "verb=Identify&verb=Identify"],
    ["badArgument", "verb=Identify&metadataPrefix=oai_dc"],
    ["badArgument", "verb=ListRecords"],
    ["badArgument", "verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc"],
    ["badArgument", "verb=ListRecords&metadataPrefix=oai_dc&color=red"],
    ["badArgument", "verb=ListRecords&metadataPrefix=oai_dc&from=yesterday"],
    ["badArgument", "verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-30"],
    ["badArgument", "verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01&until=2026-01-01T00:00:00Z"],
    ["badArgument", "verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-02&until=2026-01-01"],
    ["badArgument", "verb=ListRecords&metadataPrefix=oai_dc&set=%3Cx%3E"],
    ["badArgument", `verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=${token}`],
    ["badArgument", "verb=GetRecord&metadataPrefix=oai_dc"],
    ["badArgument", `verb=GetRecord&identifier=${id}`],
    ["badResumptionToken", "verb=ListRecords&resumptionToken=nonsense"],
    ["badResumptionToken", `verb=ListIdentifiers&resumptionToken=${token}`],
    ["badResumptionToken", `verb=ListRecords&resumptionToken=${broken}`],
    ["badResumptionToken", "verb=ListSets&resumptionToken=nonsense"],
    ["cannotDisseminateFormat", "verb=ListRecords&metadataPrefix=marc"],
    ["idDoesNotExist", `verb=GetRecord&metadataPrefix=oai_dc&identifier=${id}`],
    ["idDoesNotExist", "verb=GetRecord&metadataPrefix=oai_dc&identifier=club-scrub-wisconsin"],
    ["idDoesNotExist", `verb=ListMetadataFormats&identifier=${id}`],
    ["noRecordsMatch", "verb=ListRecords&metadataPrefix=oai_dc&set=state:XX"],
    ["noRecordsMatch", "verb=ListRecords&metadataPrefix=oai_dc&set=nonsense"],
    ["noRecordsMatch", "verb=ListIdentifiers&metadataPrefix=oai_dc&from=2100-01-01"],
    ["noRecordsMatch", "verb=ListIdentifiers&metadataPrefix=oai_dc&until=1999-01-01T00:00:00Z"],
  ];
  for (const [code, asked] of wrong)
    test(`${code} for "${asked.replaceAll(/[\w-]{60,}/g, "…")}"`, async () => {
      const document = await ask(asked);
      expect(errorOf(document)).toBe(code);
      const [request] = findAll(document, "request");
      expect(request?.text).toBe(ADDRESS);
      if (code === "badVerb" || code === "badArgument") expect(request?.attributes).toEqual({});
    });

  test("a format that is none of a record that is there", async () => {
    const [header] = headersOf(await ask(LIST));
    expect(
      errorOf(await ask({ verb: "GetRecord", metadataPrefix: "marc", identifier: header?.id ?? "" })),
    ).toBe("cannotDisseminateFormat");
  });
});
