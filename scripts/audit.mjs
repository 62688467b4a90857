// Asks the registry for known weaknesses of what is shipped: npm run audit. Exits 0: none, 1: some, 2: not answered.
import { runNpm } from "./npm.mjs";

const { stdout, stderr, error } = runNpm("audit", "--omit=dev", "--json");
const answer = readAnswer(stdout ?? "");
const counts = answer?.metadata?.vulnerabilities;
if (!counts) {
  const reason = answer?.message ?? error?.message ?? (stderr ?? "").trim().split("\n").at(-1) ?? "";
  console.error(
    `NOT CHECKED: the registry did not answer the question for known weaknesses.\n  ${reason}\nThis says nothing of the packages. Ask again where the registry can be reached, or give dist/sbom.cdx.json (npm run sbom) to a scanner.`,
  );
  process.exit(2);
}

for (const { name, severity, range, fixAvailable } of Object.values(answer.vulnerabilities ?? {}))
  console.log(`${severity}  ${name} ${range}${fixAvailable ? "  (a repair is there: npm audit fix)" : ""}`);
console.log(
  `${counts.total} known weaknesses: ${counts.critical} critical, ${counts.high} high, ${counts.moderate} moderate, ${counts.low} low.`,
);
if (counts.total > 0)
  console.log("Time to mend, from SECURITY.md: critical 7 days, high 30 days, others by the next release.");
process.exitCode = counts.total > 0 ? 1 : 0;

function readAnswer(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
