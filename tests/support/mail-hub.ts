// A hub of the demonstration with a mail server, and what tests of mail do with them.
import { afterAll, beforeEach } from "vitest";
import { jobs } from "../../src/app/modules.ts";
import { system } from "../../src/platform/database/actor.ts";
import { DELIVER_MAIL, type Mail, queueMail } from "../../src/platform/mail/mail.ts";
import { type MailServer, startMailServer } from "./mail-server.ts";
import { createTestHub, type TestHub } from "./test-hub.ts";

export interface MailRow {
  id: string;
  state: string;
  body: string | null;
  tries: number;
  reply_code: number | null;
  reason: string | null;
  recipient: string;
}

export const letter: Mail = {
  to: "rosa@example.org",
  personId: null,
  kind: "notice",
  subject: "Your password was changed",
  text: "Hello Rosa,\n\nYour password was changed.\n\nhttps://hub.example.org/account",
  key: "notice/1",
};

export interface MailHub {
  hub: TestHub;
  /** Another one after `restart`. */
  server: MailServer;
  /** The hub's own. */
  clock: { now: Date };
  later(milliseconds: number): void;
  queue(mail?: Partial<Mail>): Promise<void>;
  /** The only mail there is. */
  theMail(): Promise<MailRow>;
  /** Runs a job as the queue would. */
  work(name: string, payload?: object): Promise<void>;
  /** Runs the job of the only mail there is. */
  deliver(): Promise<void>;
  count(what: string): Promise<number>;
  restart(): Promise<void>;
}

/** Makes both, empties the outbox before each test, and closes them at the end. */
export async function createMailHub(config: Record<string, string> = {}): Promise<MailHub> {
  const server = await startMailServer();
  const clock = { now: new Date("2026-11-23T14:00:00Z") };
  const hub = await createTestHub({
    demo: true,
    clock: () => clock.now,
    config: {
      TRELLIS_SMTP_URL: `smtp://127.0.0.1:${server.port}`,
      TRELLIS_MAIL_FROM: "hub@trellis.example",
      ...config,
    },
  });
  const { ownerPool } = hub.services.database;
  const made: MailHub = {
    hub,
    server,
    clock,
    later: (milliseconds) => {
      clock.now = new Date(clock.now.getTime() + milliseconds);
    },
    queue: (mail = {}) => hub.services.perform(system, (work) => queueMail(work, { ...letter, ...mail })),
    theMail: async () => {
      const { rows } = await ownerPool.query<MailRow>("select * from platform.mail");
      const [row] = rows;
      if (!row || rows.length > 1) throw new Error(`there are ${rows.length} mails`);
      return row;
    },
    work: async (name, payload = {}) => {
      const job = jobs.find((one) => one.name === name);
      if (!job) throw new Error(`there is no job ${name}`);
      await job.handle(hub.services, job.payload.parse(payload));
    },
    deliver: async () => made.work(DELIVER_MAIL, { mail: (await made.theMail()).id }),
    count: async (what) =>
      (await ownerPool.query<{ count: number }>(`select count(*) as count from ${what}`)).rows[0]?.count ??
      -1,
    restart: async () => {
      made.server = await startMailServer(server.port);
    },
  };
  afterAll(() => made.server.close());
  beforeEach(async () => {
    await ownerPool.query("delete from pgboss.job");
    await ownerPool.query("delete from platform.mail");
    const calm = { received: [], refuseRecipient: null, refuseMail: null, delay: 0, hangsUp: false };
    Object.assign(made.server, calm);
  });
  return made;
}
