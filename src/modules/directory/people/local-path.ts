import { z } from "zod";

/** Where to go after signing in: a path of this hub, never another site; anything else leads to one's work. */
export const localPath = z
  .string()
  .max(2000)
  .regex(/^\/(?![/\\])[\w\-./?=&%]*$/)
  .catch("/work");
