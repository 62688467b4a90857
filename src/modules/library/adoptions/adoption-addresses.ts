import { LIBRARY_PATH, practicePath } from "../practices/practice-addresses.ts";

/** Which organizations use which practices. */
export const ADOPTIONS_PATH = `${LIBRARY_PATH}/adoptions`;
export const adoptionPath = (id: string): string => `${ADOPTIONS_PATH}/${id}`;
/** Where an organization takes a practice up. */
export const adoptPath = (slug: string): string => `${practicePath(slug)}/adopt`;
