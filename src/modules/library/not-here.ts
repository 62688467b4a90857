import { RequestProblem } from "../../platform/web/problems.ts";
import { defineWords } from "../../ui/words.tsx";

const WORDS = {
  en: {
    practice: "This practice is not in the library.",
    state: "There is no such state.",
    category: "There is no such category.",
    material: "This material is not in the library.",
    file: "This file is not in the library.",
    picture: "This picture is not in the library.",
    captions: "These captions are not in the library.",
    work: "There is no such kind of work here.",
  },
  es: {
    practice: "Esta práctica no está en la biblioteca.",
    state: "No existe ese estado.",
    category: "No existe esa categoría.",
    material: "Este material no está en la biblioteca.",
    file: "Este archivo no está en la biblioteca.",
    picture: "Esta imagen no está en la biblioteca.",
    captions: "Estos subtítulos no están en la biblioteca.",
    work: "Aquí no hay esa clase de trabajo.",
  },
} as const;

const say = defineWords("library-missing", WORDS);

/** What the public asks for is not there, or not for them: the answer is the same. */
export const notHere = (what: keyof (typeof WORDS)["en"]): RequestProblem =>
  new RequestProblem(404, say(what));
