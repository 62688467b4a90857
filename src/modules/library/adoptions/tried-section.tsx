import type { Child, FC } from "hono/jsx";
import { type Actor, worksForHub } from "../../../platform/database/actor.ts";
import type { Trx } from "../../../platform/database/database.ts";
import { type ButtonProps, Buttons } from "../../../ui/form.tsx";
import { localeNow } from "../../../ui/language.ts";
import { mayReadAdoptions, mayWriteAdoptionsOf } from "../library.policy.ts";
import type { Practice } from "../practices/practice.types.ts";
import { countUnshownAdopters, findAdoptionOf, listShownAdoptions } from "./adoption.store.ts";
import type { Adoption, ShownAdoption } from "./adoption.types.ts";
import { sayAdoption } from "./adoption.words.ts";
import { ADOPTIONS_PATH, adoptionPath, adoptPath } from "./adoption-addresses.ts";
import { TriedList } from "./tried-list.tsx";

/** How many the page of a practice names. */
const MOST_SHOWN = 50;

/** Reads who has tried a practice, and shows it as a part of the practice's page. */
export async function triedPart(trx: Trx, actor: Actor, practice: Practice): Promise<Child> {
  if (practice.state !== "published") return null;
  const shown = await listShownAdoptions(trx, practice.id, MOST_SHOWN + 1);
  const own =
    mayReadAdoptions(actor) && !worksForHub(actor)
      ? await findAdoptionOf(trx, actor.organizationId, practice.id)
      : null;
  return (
    <TriedSection
      shown={shown.slice(0, MOST_SHOWN)}
      hasMore={shown.length > MOST_SHOWN}
      unshown={await countUnshownAdopters(trx, practice.id)}
      ways={waysOf(actor, practice, own)}
    />
  );
}

/** What somebody who works with the hub may do here. */
function waysOf(actor: Actor, practice: Practice, own: Adoption | null): ButtonProps[] {
  if (!mayReadAdoptions(actor)) return [];
  const isHub = worksForHub(actor);
  const mayAdopt =
    mayWriteAdoptionsOf(actor, actor.organizationId) && (own === null || own.state === "ended");
  return [
    ...(mayAdopt
      ? [{ label: sayAdoption(isHub ? "some_use_it" : "use_it"), href: adoptPath(practice.slug) }]
      : []),
    ...(own ? [{ label: sayAdoption("own"), href: adoptionPath(own.id) }] : []),
    ...(isHub ? [{ label: sayAdoption("all"), href: `${ADOPTIONS_PATH}?practice=${practice.slug}` }] : []),
  ];
}

const TriedSection: FC<{
  shown: ShownAdoption[];
  hasMore: boolean;
  unshown: number;
  ways: ButtonProps[];
}> = ({ shown, hasMore, unshown, ways }) => (
  // The practice may be written in another language than the page.
  <section class="stack" aria-labelledby="tried-heading">
    <h2 id="tried-heading">{sayAdoption("heading")}</h2>
    {shown.length === 0 && unshown === 0 ? <p>{sayAdoption("none")}</p> : null}
    {shown.length > 0 ? (
      <>
        <p>
          {sayAdoption("lead")}
          {hasMore ? ` ${sayAdoption("newest", { shown: MOST_SHOWN.toLocaleString(localeNow()) })}` : ""}
        </p>
        <TriedList adoptions={shown} />
      </>
    ) : null}
    {unshown > 0 ? <p>{sayAdoption(shown.length > 0 ? "more" : "only", { count: unshown })}</p> : null}
    {ways.length > 0 ? <Buttons quiet={ways} /> : null}
  </section>
);
