import { listCodeLists } from "../../platform/database/code-list.store.ts";
import { SimpleTable } from "../../ui/simple-table.tsx";
import { sayData as say } from "./about.words.ts";
import type { DataSection } from "./data-section.ts";

/** What the codes in the files mean. */
export const codeListsSection: DataSection = {
  id: "code-lists",
  heading: () => say("codeLists"),
  content: async (trx) => (
    <>
      <p>{say("codeListsText")}</p>
      <SimpleTable
        caption={say("lists")}
        captionHidden
        compact
        columns={[{ label: say("list") }, { label: say("version"), numeric: true }]}
        rows={(await listCodeLists(trx)).map(({ id, version }) => [
          <a href={`/api/v1/code-lists/${id}`}>
            <code>{id}</code>
          </a>,
          version,
        ])}
      />
    </>
  ),
};
