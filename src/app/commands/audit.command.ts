import { sealAudit, verifyAudit } from "../../platform/audit/audit.store.ts";
import { system } from "../../platform/database/actor.ts";
import { type Command, readOptions, withServices } from "./command.ts";

export const auditVerifyCommand: Command = {
  words: ["audit", "verify"],
  usage: "audit verify [--seal] [--json]",
  about:
    "Recomputes the audit's hash chain; reports broken links and the unsealed tail. --seal first seals what is committed.",
  run: async (rest) => {
    const { values } = readOptions(auditVerifyCommand, {
      args: rest,
      options: { seal: { type: "boolean" }, json: { type: "boolean" } },
    });
    return withServices(async (services) => {
      if (values.seal) await services.perform(system, (work) => sealAudit(work.trx));
      const verdict = await services.perform(system, (work) => verifyAudit(work.trx));
      if (values.json) process.stdout.write(`${JSON.stringify(verdict)}\n`);
      else {
        const state = verdict.broken.length === 0 ? "The chain holds" : "THE CHAIN IS BROKEN";
        process.stdout.write(
          `${state}: ${verdict.sealed} rows sealed, ${verdict.unsealed} not sealed yet.\n`,
        );
        for (const link of verdict.broken) process.stdout.write(`  link ${link.sequence}: ${link.problem}\n`);
        if (verdict.head)
          process.stdout.write(
            `Newest link: ${verdict.head}\nKeep it elsewhere: it shows later whether the end was cut off.\n`,
          );
      }
      return verdict.broken.length === 0 ? 0 : 2;
    });
  },
};
