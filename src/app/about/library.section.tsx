import { libraryPlaces } from "../../modules/library/index.ts";
import { defineWords, sayWith } from "../../ui/words.tsx";
import type { DataSection } from "./data-section.ts";

const say = defineWords("data-library", {
  en: {
    heading: "The practice library",
    text: "Every practice, whole, with its sources and its license: {files}. Every view of the library's {list} can be taken along in the same way, and each practice as JSON.",
    list: "list",
    file: "All practices as {{format}}",
    follow:
      "To hear what is new or changed: {feed} for feed readers. Each list, state and category has a feed of its own.",
    feed: "The library's feed (Atom)",
    harvest:
      "For other libraries: the library answers harvesters by OAI-PMH 2.0 at {address}, in Dublin Core (oai_dc), with a set for each state and category. What was taken out stays there as deleted.",
  },
  es: {
    heading: "La biblioteca de prácticas",
    text: "Todas las prácticas, completas, con sus fuentes y su licencia: {files}. Cada vista de la {list} de la biblioteca se puede descargar del mismo modo, y cada práctica como JSON.",
    list: "lista",
    file: "Todas las prácticas como {{format}}",
    follow:
      "Para saber qué es nuevo o qué cambió: {feed} para lectores de canales. Cada lista, estado y categoría tiene su propio canal.",
    feed: "El canal de la biblioteca (Atom)",
    harvest:
      "Para otras bibliotecas: la biblioteca responde a los recolectores con OAI-PMH 2.0 en {address}, en Dublin Core (oai_dc), con un conjunto para cada estado y categoría. Lo que se retiró queda allí como eliminado.",
  },
});

/** The practices as files, as feeds, and for harvesters. */
export const librarySection: DataSection = {
  id: "library",
  heading: () => say("heading"),
  content: async () => (
    <>
      <p>
        {sayWith(say("text"), {
          files: (
            <>
              {libraryPlaces.formats.map((format, index) => (
                <>
                  {index > 0 ? ", " : ""}
                  <a
                    href={`${libraryPlaces.list}?format=${format}`}
                    aria-label={say("file", { format: format.toUpperCase() })}
                  >
                    {format.toUpperCase()}
                  </a>
                </>
              ))}
            </>
          ),
          list: <a href={libraryPlaces.list}>{say("list")}</a>,
        })}
      </p>
      <p>{sayWith(say("follow"), { feed: <a href={libraryPlaces.feed}>{say("feed")}</a> })}</p>
      <p data-live>
        {sayWith(say("harvest"), {
          address: (
            <a href={`${libraryPlaces.harvest}?verb=Identify`} hreflang="en">
              <code>{libraryPlaces.harvest}</code>
            </a>
          ),
        })}
      </p>
    </>
  ),
};
