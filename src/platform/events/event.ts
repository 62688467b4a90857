import type { z } from "zod";

/** One entry of the closed list of events: its name ("module.noun-happened") and what its data holds (ids and counts, no personal data). */
export interface EventDefinition<Data = unknown> {
  name: string;
  data: z.ZodType<Data>;
}

/** Declares an event. A module keeps its events in `events.ts`; src/app/modules.ts gathers them into the one closed list. */
export function defineEvent<Schema extends z.ZodType>(
  name: string,
  data: Schema,
): EventDefinition<z.infer<Schema>> {
  return { name, data: data as z.ZodType<z.infer<Schema>> };
}
