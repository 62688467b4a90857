import { apiSection } from "./api.section.tsx";
import { codeListsSection } from "./code-lists.section.tsx";
import type { DataSection } from "./data-section.ts";
import { librarySection } from "./library.section.tsx";
import { resultsSection } from "./results.section.tsx";

/** What the page of open data offers, in its order. Whatever else can be taken along becomes a section here. */
export const dataSections: readonly DataSection[] = [
  resultsSection,
  librarySection,
  apiSection,
  codeListsSection,
];
