import { defineWords } from "../../../ui/words.tsx";

/** What is said where the library is followed, cited and taken along. */
export const say = defineWords("library-follow", {
  en: {
    follow: "Follow",
    follow_heading: "Follow this list",
    follow_feed: "This list as a feed (Atom)",
    follow_feed_note: "For a feed reader: it shows what is new or changed here.",
    feed_title: "{{hub}}: {{what}}",
    everything: "All practices",
    for_words: "“{{words}}”",
    feed_subtitle: "What is new or changed in the practice library.",
    cite: "Cite this entry",
    cite_lead: "Copy this sentence, or take a file for your reference manager.",
    cite_sentence: "{{hub}}. {{title}}. Version {{version}}, {{day}}. In the practice library. {{address}}",
    cite_ris: "RIS file",
    cite_bibtex: "BibTeX file",
    cite_version: "Version {{version}} of {{day}}",
    list_data: "Practices in this list",
  },
  es: {
    follow: "Seguir",
    follow_heading: "Seguir esta lista",
    follow_feed: "Esta lista como canal (Atom)",
    follow_feed_note: "Para un lector de canales: muestra lo que es nuevo o cambió aquí.",
    feed_title: "{{hub}}: {{what}}",
    everything: "Todas las prácticas",
    for_words: "“{{words}}”",
    feed_subtitle: "Lo nuevo y lo que cambió en la biblioteca de prácticas.",
    cite: "Citar esta ficha",
    cite_lead: "Copie esta frase, o tome un archivo para su gestor de referencias.",
    cite_sentence:
      "{{hub}}. {{title}}. Versión {{version}}, {{day}}. En la biblioteca de prácticas. {{address}}",
    cite_ris: "Archivo RIS",
    cite_bibtex: "Archivo BibTeX",
    cite_version: "Versión {{version}} del {{day}}",
    list_data: "Prácticas de esta lista",
  },
});
