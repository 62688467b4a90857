import { inSpanish } from "../../../platform/web/languages.ts";
import { languageNow } from "../../../ui/language.ts";
import { DESK_PATH, LIBRARY_PATH, practicePath } from "../practices/practice-addresses.ts";

/** Where anybody tells the library of a practice. */
export const SUBMIT_PATH = `${LIBRARY_PATH}/submit`;
/** Practices like one that is being written, as a piece of a page. */
export const SIMILAR_PATH = `${LIBRARY_PATH}/similar`;
export const DESK_SUBMISSIONS_PATH = `${DESK_PATH}/submissions`;
export const DESK_DECISIONS_PATH = `${DESK_PATH}/decisions`;

/** Where anybody says what is right about a practice. */
export const correctPath = (slug: string): string => `${practicePath(slug)}/correct`;
/** The sender's own page of what was sent. */
export const receiptPath = (token: string): string => `${LIBRARY_PATH}/submissions/${token}`;
export const submissionPath = (id: string): string => `${DESK_SUBMISSIONS_PATH}/${id}`;

/** An address in the language of the page, for what the finished page's links are not led through: fragments, mails. */
export const inPageLanguage = (path: string): string => (languageNow() === "es" ? inSpanish(path) : path);
