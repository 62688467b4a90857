// Requests that nobody in their right mind would send, made from the route table; the same seed makes the same ones.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import { projectFolder } from "../../src/platform/config/project-folder.ts";
import type { RouteDefinition } from "../../src/platform/web/route.ts";
import { FORMS, fillPath, type RowIds } from "./visitors.ts";

const BUILT_IN = [
  "",
  " ",
  "\0",
  "a\0b",
  "null",
  "undefined",
  "NaN",
  "-1",
  "0",
  "1e309",
  "9007199254740993",
  "'; drop table x; --",
  "\" or ''='",
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "javascript:alert(1)",
  "=cmd|' /C calc'!A0",
  "\u202Etxt.exe",
  "\uD800",
  "ﷺ",
  "田中さん",
  "🏳️‍🌈",
  "%00",
  "%s%s%n",
  "../../../etc/passwd",
  "{{7*7}}",
  "${7*7}",
  "__proto__",
  "constructor",
  "\r\nSet-Cookie: x=1",
  "2024-25",
  "2024-99",
  "\u00A0",
  "İ",
  "a".repeat(5000),
];

/** The big list of naughty strings where it is at hand, and always our own. */
export function readNaughtyStrings(): { strings: string[]; note: string | null } {
  const list = join(projectFolder, "../shared/data/torture/blns.json");
  if (!existsSync(list))
    return {
      strings: BUILT_IN,
      note: "the big list of naughty strings is not at hand: fuzzing with the built-in ones only",
    };
  return { strings: [...BUILT_IN, ...(JSON.parse(readFileSync(list, "utf8")) as string[])], note: null };
}

export interface FuzzWorld {
  routes: readonly RouteDefinition[];
  cookies: readonly (string | undefined)[];
  /** The same visitors' tokens of the API. */
  tokens: readonly (string | undefined)[];
  /** Rows of several organizations, and of none. */
  ids: readonly RowIds[];
  strings: readonly string[];
}

export interface FuzzRequest {
  request: Request;
  /** Everything that the request itself says, so that an echo is not taken for a leak. */
  said: string;
  /** Which of the world's cookies, or -1 for a made-up one. */
  visitor: number;
}

type Random = () => number;

/** Mulberry32: small, quick, and the same everywhere. */
function createRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const shapeOf = (schema: z.ZodType | undefined): string[] =>
  Object.keys((schema as { shape?: object } | undefined)?.shape ?? {});

/** The request of that number, or null where it is one that cannot even be sent. */
export function makeRequest(world: FuzzWorld, seed: number, number: number): FuzzRequest | null {
  const random = createRandom(seed * 1_000_003 + number);
  const chance = (share: number): boolean => random() < share;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const naughty = (): string => (chance(0.02) ? pick(world.strings).repeat(200) : pick(world.strings));
  const route = pick(world.routes);
  const ids = pick(world.ids);

  const encode = (text: string): string =>
    chance(0.1)
      ? pick(["%00", "%zz", "%", "..%2f..", "%E0%A4%A", "%F0%9F"])
      : encodeURIComponent(text.toWellFormed());
  const somePath = (): string => {
    if (chance(0.6)) return fillPath(route.path, ids);
    return route.path.replaceAll(/:\w+/g, () =>
      chance(0.3)
        ? pick([ids.organization, ids.roster, ids.enrollment, "2024-25", "1"])
        : encode(naughty()).slice(0, 4000),
    );
  };
  const someQuery = (): string => {
    const shape = shapeOf(route.query);
    // A few of many: one filter that is refused answers for all of them.
    const share = Math.min(0.35, 4 / shape.length);
    const names = [...shape, "format", "sort", "page"].filter(() => chance(share));
    if (chance(0.1)) names.push(naughty());
    const known: Record<string, readonly string[]> = {
      format: ["csv", "xlsx", "json", "pdf"],
      sort: ["trainee", "-hours", "name", "-award"],
      page: ["1", "2", "99999", "1e9"],
      organization: world.ids.map((one) => one.organization),
      year: ["2024-25", "2023-24"],
      race: ["white", "two_or_more"],
      race_1997: ["white", "not_reported"],
      hispanic: ["yes", "not_reported"],
      county: ["39049", "not_known"],
      site_state: ["OH"],
      site_rural: ["yes", "not_known"],
      site_named: ["yes", "no"],
      shortage: ["Primary Care"],
      paid: ["total", "stipend"],
      hours: ["total", "ojl"],
      age_band: ["<20", "not_reported"],
    };
    const pairs = names.map(
      (name) =>
        `${encode(name)}=${encode(name in known && chance(0.6) ? pick(known[name] ?? []) : naughty())}`,
    );
    return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
  };
  const someFields = (): [string, string][] => {
    const valid = chance(0.7) ? (FORMS[route.path]?.(ids) ?? {}) : {};
    const fields = Object.entries(valid).map(([name, value]): [string, string] => [
      name,
      chance(0.3) ? naughty() : value,
    ]);
    for (const name of shapeOf(route.form)) if (chance(0.3)) fields.push([name, naughty()]);
    if (chance(0.1)) fields.push([naughty(), naughty()]);
    return fields;
  };
  const someBody = (headers: Record<string, string>): FormData | URLSearchParams | string => {
    const fields = someFields();
    if (route.body === "streamed" || chance(0.1)) return someUpload(fields);
    if (route.api && chance(0.9)) {
      headers["content-type"] = "application/json";
      if (chance(0.3)) headers["idempotency-key"] = String(Math.floor(random() * 20));
      return chance(0.1) ? naughty() : JSON.stringify(Object.fromEntries(fields));
    }
    if (chance(0.05))
      headers["content-type"] = pick([
        "application/json",
        "text/plain",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "nonsense",
      ]);
    return new URLSearchParams(fields);
  };
  const someUpload = (fields: [string, string][]): FormData => {
    const form = new FormData();
    for (const [name, value] of [...fields, ["code", chance(0.8) ? ids.code : naughty()] as [string, string]])
      form.append(name.toWellFormed(), value.toWellFormed());
    const rows = Array.from({ length: Math.floor(random() * 6) }, () =>
      Array.from({ length: 4 }, naughty).join(pick([",", ";", "\t", '","'])),
    );
    const bytes = Uint8Array.from({ length: 300 }, () => Math.floor(random() * 256));
    const content = chance(0.2)
      ? bytes
      : ["trainee_id,program_name,academic_year,notes", ...rows].join(pick(["\n", "\r\n"])).toWellFormed();
    if (chance(0.9))
      form.append(
        "file",
        new File([content], (chance(0.5) ? "roster.csv" : naughty()).toWellFormed().slice(0, 300)),
      );
    return form;
  };

  const method = chance(0.93)
    ? route.method
    : pick(["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"]);
  const visitor =
    chance(0.95) && route.path !== "/sign-out" ? Math.floor(random() * world.cookies.length) : -1;
  const cookie =
    visitor >= 0
      ? world.cookies[visitor]
      : pick(["trellis.session_token=forged.value", "trellis_flash=bad.%E0%A4%A", "=", "a=b; ; ;"]);
  const token = route.api ? world.tokens[visitor] : undefined;
  const headers: Record<string, string> = {
    ...(cookie ? { cookie } : {}),
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    ...(chance(0.95) ? { origin: "http://localhost" } : {}),
    ...(chance(0.1) ? { accept: "application/json" } : {}),
    ...(chance(0.05) ? { range: "bytes=5-2" } : {}),
  };
  try {
    const url = `http://localhost${chance(0.02) ? `/${encode(naughty())}` : somePath()}${chance(0.5) ? someQuery() : ""}`;
    const body = method === "GET" || method === "HEAD" ? undefined : someBody(headers);
    const said = `${decodeLoosely(url)} ${
      body instanceof FormData || body instanceof URLSearchParams
        ? [...body]
            .flat()
            .filter((part) => typeof part === "string")
            .join(" ")
        : (body ?? "")
    }`;
    return {
      request: new Request(url, { method, headers, ...(body === undefined ? {} : { body }) }),
      said,
      visitor,
    };
  } catch {
    return null;
  }
}

function decodeLoosely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
