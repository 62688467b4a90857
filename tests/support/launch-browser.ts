// A Chromium for the journeys and for the pictures of the README: an installed one, or one that is fetched.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const isRoot = process.getuid?.() === 0;
const INSTALLED = [
  process.env["TEST_CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
];
const OPTIONS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-dev-shm-usage",
  ...(isRoot ? ["--no-sandbox"] : []),
];

/** An installed browser, the one of the npm package, or as root Debian's. */
export async function launchBrowser(): Promise<Browser> {
  const installed = INSTALLED.find((path) => path && existsSync(path));
  if (installed) return chromium.launch({ executablePath: installed, args: OPTIONS });
  try {
    const { default: packaged } = await import("@sparticuz/chromium");
    // Not its own options: they put every page into one process, which takes all of them along when it falls, and
    // switch off the rules between sites that the journeys are to meet. A package cannot bring a sandbox along.
    return await chromium.launch({
      executablePath: await packaged.executablePath(),
      args: [...OPTIONS, "--no-sandbox"],
    });
  } catch (error) {
    if (!isRoot) throw error;
    execFileSync("apt-get", ["install", "-yq", "--no-install-recommends", "chromium"], {
      stdio: "ignore",
      timeout: 240_000,
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
    return chromium.launch({ executablePath: "/usr/bin/chromium", args: OPTIONS });
  }
}
