import { makeRescueLink, rescueFromSecondFactor } from "../../modules/directory/index.ts";
import { system } from "../../platform/database/actor.ts";
import { type Command, CommandProblem, readOptions, withServices } from "./command.ts";

const UNKNOWN = "Nobody who may sign in here has this e-mail.";

function readEmail(command: Command, rest: string[]): string {
  const { positionals } = readOptions(command, { args: rest, options: {} });
  const [email] = positionals;
  if (!email) throw new CommandProblem(`Name an e-mail.\nUsage: npm run trellis -- ${command.usage}`);
  return email;
}

export const personLinkCommand: Command = {
  words: ["person", "link"],
  usage: "person link EMAIL",
  about: "Prints a link with which this person chooses a new password. For a hub that sends no mail.",
  run: (rest) =>
    withServices(async (services) => {
      const email = readEmail(personLinkCommand, rest);
      const made = await services.perform(system, (work) => makeRescueLink(work, services.config, email));
      if (!made) throw new CommandProblem(UNKNOWN, 1);
      process.stdout.write(`${made.link}\nIt works once, for ${made.minutes} minutes.\n`);
      return 0;
    }),
};

export const personSecondFactorCommand: Command = {
  words: ["person", "second-factor-off"],
  usage: "person second-factor-off EMAIL",
  about:
    "Takes the authenticator off this person's account, for the day when the only administrator has lost theirs. They set up another one at the next sign-in.",
  run: (rest) =>
    withServices(async (services) => {
      const email = readEmail(personSecondFactorCommand, rest);
      if (!(await services.perform(system, (work) => rescueFromSecondFactor(work, email))))
        throw new CommandProblem(UNKNOWN, 1);
      process.stdout.write("The authenticator is taken off, and the person is signed out everywhere.\n");
      return 0;
    }),
};
