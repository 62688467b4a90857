import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../../platform/config/project-folder.ts";
import { type Careers, careersFile, type Pay } from "./career.types.ts";

const read = (file: string): string => readFileSync(join(projectFolder, "reference", file), "utf8");

let known: Careers | null = null;
const knownPay = new Map<string, readonly Pay[]>();

/** The ways into the work, read once. @throws where the file does not have its form, or names what is not there. */
export function readCareers(): Careers {
  if (known) return known;
  const careers = careersFile.parse(JSON.parse(read("careers.json")));
  for (const { code, steps, firstCredential, license, start } of careers.occupations) {
    const named = [...steps, firstCredential, ...(license ? [license] : [])];
    const missing = named.filter((key) => !(key in careers.steps));
    if (missing.length > 0)
      throw new Error(`careers.json: ${code} names no step of the file: ${missing.join(", ")}`);
    if (Object.values(start).some((at) => at > steps.length))
      throw new Error(`careers.json: ${code} starts behind its last step`);
  }
  known = careers;
  return careers;
}

/** What an occupation pays by state; empty where no source says it. */
export function readPay(file: string | null): readonly Pay[] {
  if (file === null) return [];
  const found = knownPay.get(file);
  if (found) return found;
  const pay = read(file)
    .trim()
    .split("\n")
    .slice(1)
    .map((line): Pay => {
      const [state = "", employed, hourly, annual] = line.split(",");
      return {
        state,
        employed: Number(employed),
        hourlyMedian: Number(hourly),
        annualMedian: Number(annual),
      };
    });
  knownPay.set(file, pay);
  return pay;
}
