// What a library takes along when it moves. A new table of the schema joins a part, or says below why it stays.
import { evidencePart } from "./evidence.part.ts";
import { materialsPart } from "./materials.part.ts";
import { practicesPart } from "./practices.part.ts";
import { ratingsPart } from "./ratings.part.ts";
import { submissionsPart } from "./submissions.part.ts";
import type { TransferPart } from "./transfer.types.ts";

/** The parts, each after those that its lines need. They remember what they have written: anew for each transfer. */
export const transferParts = (): readonly TransferPart[] => [
  practicesPart(),
  evidencePart(),
  ratingsPart(),
  materialsPart(),
  submissionsPart(),
];

/** Tables of the library that stay where they are, each with its reason. */
export const LEFT_BEHIND: Readonly<Record<string, string>> = {
  "library.published": "made from the practices themselves",
  "library.word": "made from the practices and materials themselves",
  "library.link": "links are checked by each hub",
  "library.submission_sender": "persons, who wrote to that hub and to no other",
  "library.subscription": "persons, who follow that hub",
  "library.material_download": "counted where the downloads were",
  "library.adoption": "belongs to the organizations of that hub",
  "library.adoption_change": "belongs to the organizations of that hub",
};
