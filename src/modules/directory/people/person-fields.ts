import { z } from "zod";

/** A person's name in a form. */
export const nameField = z
  .string()
  .trim()
  .min(1, "Enter the person's name.")
  .max(120, "Use at most 120 characters for the name.");

/** An e-mail in a form, in lower case as it is kept. */
export const emailField = z
  .email("Enter an e-mail, such as ada@example.org.")
  .max(254, "This e-mail is too long.")
  .toLowerCase();
