// Finding practices among many: words with two filters, with the counts of every further filter, against the same by hand.
import { mkdtempSync, rmSync } from "node:fs";
import { Agent } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { openServices } from "../src/app/services.ts";
import { readConfig } from "../src/platform/config/config.ts";
import { readSql } from "./fill.ts";
import { freePort, send, startHub, stop, untilReady } from "./hub-process.ts";

const SEARCHES = 200;
const WORDS = [
  "rural",
  "peer",
  "school",
  "river",
  "lantern",
  "crisis",
  "prairie",
  "nursing",
  "willow",
  "recovery",
];
const KINDS = ["program", "pathway", "fellowship", "academy", "mentorship", "network"];
const CATEGORIES = ["pipeline", "recruitment", "rural", "retention", "supervision", "telehealth", "planning"];
const STAGES = ["high_school", "undergraduate", "graduate", "incumbent"];

interface OneSearch {
  words: string;
  category: string;
  stage: string;
}

const searches: readonly OneSearch[] = Array.from({ length: SEARCHES }, (_, turn) => ({
  words: `${WORDS[turn % WORDS.length]} ${KINDS[turn % KINDS.length]}`,
  category: CATEGORIES[turn % CATEGORIES.length] ?? "",
  stage: STAGES[turn % STAGES.length] ?? "",
}));

/** The page's rows and the counts of all its filters, as somebody would write it who needs only this. */
const BY_HAND = `
  with found as materialized (
    select p.practice_id as id, p.facets, ts_rank_cd(p.search, q) as rank, p.plain_title as plain
    from library.published p, to_tsquery('library.english', $1) q
    where p.search @@ q and p.facets @> array[$2, $3])
  select (select count(*) from found) as total,
    (select jsonb_agg(jsonb_build_object('slug', p.slug, 'title', p.title, 'summary', ts_headline('library.english', p.content ->> 'summary', to_tsquery('library.english', $1))))
      from (select id from found order by rank desc, plain limit 20) top join library.practice p using (id)) as hits,
    (select jsonb_object_agg(facet, n) from (select facet, count(*) as n from found, unnest(facets) facet group by facet) counted) as facets`;

const started = performance.now();
/** Where a long run is: to the error output, the figures go to the other. */
const say = (stage: string): void => {
  process.stderr.write(`${((performance.now() - started) / 1000).toFixed(1)} s  ${stage}\n`);
};

async function measure(one: (search: OneSearch) => Promise<void>): Promise<{ p50: number; p95: number }> {
  for (const search of searches.slice(0, 20)) await one(search);
  const took: number[] = [];
  for (const search of searches) {
    const started = performance.now();
    await one(search);
    took.push(performance.now() - started);
  }
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;
  return { p50: at(0.5), p95: at(0.95) };
}

const byHand = (pool: pg.Pool) => async (search: OneSearch) => {
  await pool.query(BY_HAND, [
    search.words.replace(" ", " & "),
    `category:${search.category}`,
    `stage:${search.stage}`,
  ]);
};

/** Prints how long a search page takes, the query by hand, and the plain list and one practice for comparison. */
export async function benchSearch(rows: number): Promise<object[]> {
  const folder = mkdtempSync(join(tmpdir(), "trellis-bench-"));
  const data = join(folder, "data");
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const port = await freePort();
  try {
    const hand = await fillAndMeasureByHand(data, rows);
    say("measured by hand");
    const hub = startHub(data, port);
    try {
      await untilReady(agent, port);
      say("hub ready");
      const get = (path: string) => async (): Promise<void> => {
        const answer = await send(agent, port, path);
        if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
      };
      const page = await measure((search) =>
        get(
          `/library/practices?q=${encodeURIComponent(search.words)}&category=${search.category}&stage=${search.stage}`,
        )(),
      );
      const list = await measure(() => get("/library/practices")());
      const practice = await measure(() => get("/library/practices/synthetic-77")());
      const front = await measure(() => get("/library")());
      const round = (value: number): number => Number(value.toPrecision(3));
      const line = (name: string, { p50, p95 }: { p50: number; p95: number }) => ({
        bench: "search",
        name,
        rows,
        p50Ms: round(p50),
        p95Ms: round(p95),
      });
      return [
        { ...line("two-facets-vs-by-hand", page), ratio: round(page.p95 / hand.p95) },
        line("by-hand", hand),
        line("list-unfiltered", list),
        line("practice", practice),
        line("front", front),
      ];
    } finally {
      agent.destroy();
      await stop(hub);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fillAndMeasureByHand(data: string, rows: number): Promise<{ p50: number; p95: number }> {
  const services = await openServices(readConfig({ TRELLIS_DATA: data, LOG_LEVEL: "silent" }));
  try {
    const pool = services.database.ownerPool;
    const client = await pool.connect();
    try {
      await client.query("begin");
      await client.query("select set_config('trellis.actor', 'system', true)");
      // The words are learned at once afterwards: one by one they take longer than all the rest.
      await client.query("alter table library.practice disable trigger learn_words");
      await client.query(readSql("fill-practices.sql"), [rows]);
      say("filled");
      await client.query("alter table library.practice enable trigger learn_words");
      await client.query(
        "insert into library.word select distinct word from library.practice, regexp_split_to_table(library.plain(title || ' ' || (content ->> 'description')), '[^[:alnum:]]+') word where length(word) between 4 and 40 on conflict do nothing",
      );
      say("words learned");
      await client.query("commit");
      await client.query("vacuum analyze library.practice, library.published");
      say("vacuumed");
      await client.query("select set_config('trellis.actor', 'system', false)");
    } finally {
      client.release();
    }
    return await measure(byHand(pool));
  } finally {
    await services.close();
  }
}
