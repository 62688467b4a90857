import type { FC } from "hono/jsx";
import { libraryPlaces } from "../../modules/library/index.ts";
import { type Config, hubAddress } from "../../platform/config/config.ts";
import { JsonLd } from "../../ui/json-ld.tsx";
import { languageNow } from "../../ui/language.ts";
import { sayData as say } from "./about.words.ts";

/** What types of file the library's list comes in. */
const TYPES: Readonly<Record<string, string>> = {
  csv: "text/csv",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  json: "application/json",
};

/** What the page of open data tells programs: a data set, and where its files are. */
export const DataHead: FC<{ hubName: string; config: Config }> = ({ hubName, config }) => {
  const address = hubAddress(config, languageNow() === "es" ? "/es/data" : "/data");
  return (
    <JsonLd
      data={{
        "@type": "Dataset",
        "@id": address,
        url: address,
        name: `${hubName}: ${say("title")}`,
        description: say("lead", { hub: hubName }),
        inLanguage: languageNow(),
        isAccessibleForFree: true,
        creator: { "@type": "Organization", name: hubName, url: hubAddress(config, "/") },
        distribution: [
          ...libraryPlaces.formats.map((format) => ({
            "@type": "DataDownload",
            contentUrl: hubAddress(config, `${libraryPlaces.list}?format=${format}`),
            encodingFormat: TYPES[format],
          })),
          {
            "@type": "DataDownload",
            contentUrl: hubAddress(config, libraryPlaces.feed),
            encodingFormat: "application/atom+xml",
          },
        ],
      }}
    />
  );
};
