import { HubNotEmpty, loadDemo } from "../demo/load-demo.ts";
import { type Command, CommandProblem, withServices } from "./command.ts";

export const demoLoadCommand: Command = {
  words: ["demo", "load"],
  usage: "demo load",
  about: "Loads the demonstration (fictional organizations, people and figures) into an empty hub.",
  run: () =>
    withServices(async (services) => {
      try {
        await loadDemo(services, { onlyIfNew: false });
      } catch (error) {
        if (error instanceof HubNotEmpty) throw new CommandProblem(error.message, 1);
        throw error;
      }
      process.stdout.write("The demonstration is loaded.\n");
      return 0;
    }),
};
