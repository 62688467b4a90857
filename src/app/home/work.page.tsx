import type { FC } from "hono/jsx";
import type { Actor } from "../../platform/database/actor.ts";

/** What one comes for, by role, each with the next step. */
export const WorkPage: FC<{ actor: Actor }> = ({ actor }) => (
  <div class="stack">
    <h1>Good to see you{actor.kind === "person" ? `, ${actor.personName.split(" ")[0]}` : ""}</h1>
  </div>
);
