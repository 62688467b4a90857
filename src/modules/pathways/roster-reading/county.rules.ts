// Counties of the United States by code and by name, roster format v1, section 1 (site_county_fips, site_county).
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../../platform/config/project-folder.ts";
import { foldName } from "./cell-text.rules.ts";

const LIST = join(projectFolder, "reference/us-counties-roster.csv");
const KINDS =
  / (?:county|parish|borough|census area|municipality|municipio|city and borough|planning region|city|district|island)$/;

interface Counties {
  codes: ReadonlySet<string>;
  states: ReadonlySet<string>;
  /** "tx|travis county" to code. */
  fullNames: ReadonlyMap<string, string>;
  /** "tx|travis" to code; null where two counties of the state have that bare name. */
  bareNames: ReadonlyMap<string, string | null>;
}

let loaded: Counties | null = null;

function load(): Counties {
  const codes = new Set<string>();
  const states = new Set<string>();
  const fullNames = new Map<string, string>();
  const bareNames = new Map<string, string | null>();
  // Superseded counties stay in the list: rosters of earlier years name them.
  for (const line of readFileSync(LIST, "utf8").trim().split(/\r?\n/).slice(1)) {
    const [fips = "", state = "", name = ""] = line.split(",");
    const place = state.toLowerCase();
    const full = foldName(name);
    codes.add(fips);
    states.add(place);
    fullNames.set(`${place}|${full}`, fips);
    const bare = `${place}|${full.replace(KINDS, "")}`;
    const other = bareNames.get(bare);
    bareNames.set(bare, other === undefined ? fips : null);
  }
  return { codes, states, fullNames, bareNames };
}

function counties(): Counties {
  loaded ??= load();
  return loaded;
}

/** The five-digit code of a cleaned FIPS text with its lost zero put back; null when it is no county of the list. */
export function readCountyCode(text: string): string | null {
  if (!/^\d{4,5}$/.test(text)) return null;
  const fips = text.padStart(5, "0");
  return counties().codes.has(fips) ? fips : null;
}

/**
 * The code of "Travis County, TX", or of "Travis County" or "Travis" beside a state. Compared without accents; an exact
 * full name wins; a bare name that fits two counties of the state is none.
 */
export function findCounty(text: string, stateBeside: string): string | null {
  const { fullNames, bareNames, states } = counties();
  const parts = /^(.*),\s*([A-Za-z]{2})$/.exec(text);
  const named = parts !== null && states.has((parts[2] ?? "").toLowerCase());
  const state = (named ? (parts[2] ?? "") : stateBeside.trim()).toLowerCase();
  const name = foldName(named ? (parts[1] ?? "") : text);
  return fullNames.get(`${state}|${name}`) ?? bareNames.get(`${state}|${name}`) ?? null;
}
