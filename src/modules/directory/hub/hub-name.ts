import { z } from "zod";

/** Signs that turn the direction of writing for everything behind them, and line breaks. */
const UNSEEN = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const UNSEEN_PROBLEM = "The name holds an invisible sign, such as a line break. Type it anew.";

/** A hub's name as it is typed. */
export const hubNameField = z
  .string()
  .trim()
  .min(1, "Name your hub.")
  .max(120, "Use at most 120 characters for the hub's name.")
  .refine((name) => !UNSEEN.test(name), UNSEEN_PROBLEM);

/** Null where nothing is typed. */
export const shortNameField = z
  .string()
  .trim()
  .max(40, "Use at most 40 characters for the short name.")
  .refine((name) => !UNSEEN.test(name), UNSEEN_PROBLEM)
  .transform((name) => name || null);
