import type { Child } from "hono/jsx";
import type { Trx } from "../../platform/database/database.ts";

/** A part of the page of open data. */
export interface DataSection {
  /** Its place in the page: /data#results. */
  id: string;
  /** In the language of the page. */
  heading(): string;
  content(trx: Trx): Promise<Child>;
}
