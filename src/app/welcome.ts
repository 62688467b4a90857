import { findHub } from "../modules/directory/index.ts";
import { anonymous } from "../platform/database/actor.ts";
import { demoPassword, demoPeople } from "./demo/demo-people.ts";
import type { Services } from "./services.ts";

/** What a start prints: the address, how to sign in, where the data lies. */
export async function welcome(services: Services, port: number, note: string | null): Promise<string> {
  const address = services.config.publicUrl ?? `http://localhost:${port}`;
  const hub = await services.perform(anonymous, (work) => findHub(work.trx));
  const lines = [`Trellis is ready: ${address}`];
  if (!hub) lines.push(`  The hub is empty. Open ${address} to name it and make its first administrator.`);
  else if (hub.isDemo)
    lines.push(
      `  Demonstration hub: organizations, people and figures are fictional, places are real.`,
      `  Sign in as ${demoPeople[0].email} with ${demoPassword}; the sign-in page lists one person per role.`,
    );
  else lines.push(`  Sign in at ${address}/sign-in`);
  lines.push(`  The data lies in ${services.database.place}.`);
  if (note) lines.push(`  ${note}`);
  if (services.database.note) lines.push(`  ${services.database.note}`);
  return lines.join("\n");
}
