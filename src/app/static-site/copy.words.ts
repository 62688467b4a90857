import { defineWords } from "../../ui/words.tsx";

/** What static copies say besides what they copy. */
export const sayCopy = defineWords("static-copy", {
  en: {
    about: "About this copy",
    notice: "This is a copy of {day}.",
    lives: "The library itself lives at {link}.",
    no_script:
      "Searching and filtering in this copy need a script, which your browser does not run. Here is the whole list. By state and by category work without it:",
    by_state: "By state",
    loading: "Searching…",
    failed: "The search could not be loaded. Reload the page, or go through the whole list.",
    file: "Open the file",
    choose: "Choose where you are",
  },
  es: {
    about: "Sobre esta copia",
    notice: "Esta es una copia del {day}.",
    lives: "La biblioteca misma está en {link}.",
    no_script:
      "Para buscar y filtrar, esta copia necesita un programa que su navegador no ejecuta. Aquí está la lista completa. Por estado y por categoría funcionan sin él:",
    by_state: "Por estado",
    loading: "Buscando…",
    failed: "No se pudo cargar la búsqueda. Vuelva a cargar la página, o recorra la lista completa.",
    file: "Abrir el archivo",
    choose: "Elija dónde está",
  },
});
