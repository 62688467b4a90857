import type pg from "pg";
import { insertAudit } from "../audit/audit.store.ts";
import { type Actor, inBulkTransaction, inTransaction, setActor } from "../database/actor.ts";
import type { Database, Trx } from "../database/database.ts";
import type { EventDefinition } from "./event.ts";

/** What an action gets: the transaction, who acts, the clock, and the two things that must happen inside the same transaction. */
export interface Work {
  trx: Trx;
  actor: Actor;
  now: Date;
  /** Writes the audit row and runs the handlers of src/app/loop.ts, in this transaction. */
  record<Data>(
    event: EventDefinition<Data>,
    about: { organizationId: string; subject: [kind: string, id: string]; data: Data },
  ): Promise<void>;
  /**
   * Goes on as somebody else in the same transaction: for signing in, when it turns out who acts, and for making the
   * hub. A second transaction from inside this one could wait for ever on a pool that requests like this have emptied.
   */
  actAs(actor: Actor): Promise<Work>;
  /** Asks for a job; it is there when the transaction commits, and not otherwise. */
  enqueue(job: string, payload: object, startAfter?: Date): Promise<void>;
}

/** An event as it was written. */
export interface RecordedEvent {
  name: string;
  organizationId: string;
  subject: [kind: string, id: string];
  data: unknown;
}

/** What happens on an event besides its audit row. */
export interface Subscription {
  event: EventDefinition;
  handle(work: Work, data: unknown, organizationId: string): Promise<void>;
}

/** Ties a handler to an event, with the event's own data type. */
export function on<Data>(
  event: EventDefinition<Data>,
  handle: (work: Work, data: Data, organizationId: string) => Promise<void>,
): Subscription {
  return { event: event, handle: handle };
}

/** Does bulk work as `actor`: as PerformWork, with the connection for COPY. */
export type PerformBulk = <T>(
  actor: Actor,
  task: (work: Work, client: pg.PoolClient) => Promise<T>,
) => Promise<T>;

export interface WorkDependencies {
  db: Database;
  pool: pg.Pool;
  clock: () => Date;
  /** The closed list. */
  events: readonly EventDefinition[];
  subscriptions: readonly Subscription[];
  /** How many seconds one query of a request may take; other work takes as long as it takes. */
  querySeconds?: number;
  enqueue(trx: Trx, job: string, payload: object, startAfter?: Date): Promise<void>;
  /** Told of every event after its own handlers, in the same transaction: those outside who asked to be told. */
  afterRecord?: (work: Work, recorded: RecordedEvent) => Promise<void>;
}

/** Does work as `actor`; undertakes to run everything it is given in one transaction. */
export type PerformWork = <T>(
  actor: Actor,
  task: (work: Work) => Promise<T>,
  requestId?: string,
) => Promise<T>;

/** Makes the two functions through which the hub's data is read and changed. */
export function createPerformWork(dependencies: WorkDependencies): {
  perform: PerformWork;
  performBulk: PerformBulk;
} {
  const known = new Set(dependencies.events.map((event) => event.name));
  const makeWork = (trx: Trx, actor: Actor, requestId: string | null): Work => {
    const work: Work = {
      trx,
      actor,
      now: dependencies.clock(),
      actAs: async (other) => {
        await setActor(trx, other);
        return makeWork(trx, other, requestId);
      },
      enqueue: (job, payload, startAfter) => dependencies.enqueue(trx, job, payload, startAfter),
      record: async (event, { organizationId, subject, data }) => {
        if (!known.has(event.name))
          throw new Error(`The event ${event.name} is not in the closed list of src/app/modules.ts`);
        const checked = event.data.parse(data);
        await insertAudit(trx, {
          actor,
          requestId,
          organizationId,
          event: event.name,
          subject,
          data: checked,
        });
        for (const { event: subscribed, handle } of dependencies.subscriptions)
          if (subscribed.name === event.name) await handle(work, checked, organizationId);
        await dependencies.afterRecord?.(work, { name: event.name, organizationId, subject, data: checked });
      },
    };
    return work;
  };
  return {
    perform: (actor, task, requestId) =>
      inTransaction(
        dependencies.db,
        actor,
        (trx) => task(makeWork(trx, actor, requestId ?? null)),
        requestId === undefined ? undefined : dependencies.querySeconds,
      ),
    performBulk: (actor, task) =>
      inBulkTransaction(dependencies.pool, actor, (trx, client) => task(makeWork(trx, actor, null), client)),
  };
}
