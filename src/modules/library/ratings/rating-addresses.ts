import { DESK_PATH, LIBRARY_PATH, practicePath } from "../practices/practice-addresses.ts";

/** How practices are rated, for everybody. */
export const HOW_RATED_PATH = `${LIBRARY_PATH}/evidence`;
/** What waits for reviewers and librarians. */
export const RATINGS_PATH = `${DESK_PATH}/ratings`;

export const roundPath = (id: string): string => `${RATINGS_PATH}/${id}`;
/** Where a librarian asks for a rating of a practice. */
export const askPath = (slug: string): string => `${practicePath(slug)}/ratings/new`;
