// Materials where others are read: on the page of a practice, and on the library's front.
import type { Child } from "hono/jsx";
import type { Actor } from "../../../platform/database/actor.ts";
import type { Trx } from "../../../platform/database/database.ts";
import { Buttons } from "../../../ui/form.tsx";
import { mayEditLibrary } from "../library.policy.ts";
import { sayMaterial as say } from "./material.words.ts";
import { DESK_MATERIALS_PATH, MATERIALS_PATH } from "./material-addresses.ts";
import { MaterialCard } from "./material-card.tsx";
import { readMaterialLabels } from "./material-labels.ts";
import { listMaterialHits } from "./material-search.store.ts";

const MOST_SHOWN = 50;
const NEWEST = 3;
const everything = { terms: [], chosen: { kind: [], language: [] } };

/** What belongs to a practice, as a part of its page. */
export async function materialsPart(
  trx: Trx,
  actor: Actor,
  practice: { id: string; slug: string },
): Promise<Child> {
  const hits = await listMaterialHits(
    trx,
    { ...everything, practiceId: practice.id },
    { limit: MOST_SHOWN, offset: 0 },
  );
  const mayEdit = mayEditLibrary(actor);
  if (hits.length === 0 && !mayEdit) return null;
  const labels = await readMaterialLabels(trx);
  return (
    // The practice may be written in another language than the page.
    <section class="stack" aria-labelledby="materials-heading">
      <h2 id="materials-heading">{say("practice_heading")}</h2>
      {hits.length > 0 ? (
        <ul class="practice-list">
          {hits.map((hit) => (
            <MaterialCard hit={hit} labels={labels} level={3} />
          ))}
        </ul>
      ) : null}
      {mayEdit ? (
        <Buttons
          quiet={[{ label: "Add a material", href: `${DESK_MATERIALS_PATH}/new?practice=${practice.slug}` }]}
        />
      ) : null}
    </section>
  );
}

/** The newest materials, on the front of the library. */
export async function materialsFront(trx: Trx): Promise<Child> {
  const hits = await listMaterialHits(trx, everything, { limit: NEWEST, offset: 0 });
  if (hits.length === 0) return null;
  const labels = await readMaterialLabels(trx);
  return (
    <section class="stack" aria-labelledby="materials-heading">
      <h2 id="materials-heading">{say("newest")}</h2>
      <ul class="practice-list">
        {hits.map((hit) => (
          <MaterialCard hit={hit} labels={labels} level={3} />
        ))}
      </ul>
      <Buttons quiet={[{ label: say("all"), href: MATERIALS_PATH }]} />
    </section>
  );
}
