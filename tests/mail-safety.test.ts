// Mail and those who would abuse it: who reads the outbox, what a header, a name or a secret link may do.
import { join } from "node:path";
import { sql } from "kysely";
import { expect, test, vi } from "vitest";
import { anonymous, inTransaction, system } from "../src/platform/database/actor.ts";
import { queueMail } from "../src/platform/mail/mail.ts";
import { backUp, restore } from "./support/backups.ts";
import { textOf } from "./support/leaks.ts";
import { createMailHub, letter, type MailRow } from "./support/mail-hub.ts";
import { startMailServer } from "./support/mail-server.ts";
import { createTestHub, type TestHub } from "./support/test-hub.ts";
import { signInVisitors } from "./support/visitors.ts";

const mail = await createMailHub();
const { hub } = mail;
const { ownerPool, db } = hub.services.database;
const administrator = await hub.signIn("marisol@demo.example");

test("a link that signs in is gone from the hub once sent or refused, and is never shown where mail is sent", async () => {
  const secret = {
    secret: true,
    kind: "sign-in-link",
    text: "Sign in:\n\nhttp://localhost/link/hush",
  } as const;
  await mail.queue(secret);
  const { id } = await mail.theMail();
  expect(await textOf(await hub.get(`/mail/${id}`, administrator))).not.toContain("hush");
  mail.server.refuseRecipient = { code: 451, text: "later" };
  await expect(mail.deliver()).rejects.toThrow("did not take");
  mail.server.refuseRecipient = null;
  await mail.deliver();
  expect(mail.server.received[0]?.text).toContain("/link/hush");
  expect(await mail.theMail()).toMatchObject({ state: "sent", body: null });
  mail.server.refuseRecipient = { code: 550, text: "no" };
  await mail.queue({ ...secret, key: "link/2" });
  await hub.workJobs();
  expect(await mail.count("platform.mail where body is not null")).toBe(0);
  const { rows } = await ownerPool.query<{ id: string }>(
    "select id from platform.mail where state = 'bounced'",
  );
  expect((await hub.post(`/mail/${rows[0]?.id ?? ""}/retry`, {}, administrator)).status).toBe(409);
});

test("what somebody typed into a name or a subject adds no header, no recipient and no markup", async () => {
  await mail.queue({
    subject: "Hello\r\nBcc: victim@example.org\r\n\r\n<b>body</b>\u2028x",
    text: 'Dear <script>alert(1)</script> & "Rosa",\r\n.\r\n\r\nhttps://x.example/"><b>',
  });
  await ownerPool.query("update platform.hub set name = E'A, B <c@d.example>\\r\\nBcc: victim@example.org'");
  try {
    await mail.deliver();
  } finally {
    await ownerPool.query("update platform.hub set name = 'Trellis Demonstration'");
  }
  const [got] = mail.server.received;
  expect(got?.to).toEqual(["rosa@example.org"]);
  expect(got?.headers.has("bcc")).toBe(false);
  expect(got?.headers.get("subject")).toBe("Hello Bcc: victim@example.org <b>body</b> x");
  expect(got?.headers.get("to")).toBe("rosa@example.org");
  expect(got?.headers.get("from")).toMatch(/<hub@trellis\.example>$/);
  expect(got?.html).not.toMatch(/<script|<b>/);
  expect(got?.text).toContain("<script>");
});

test.each([
  "rosa@example.org, victim@example.org",
  "rosa@example.org\r\nBcc: victim@example.org",
  "rosa@example.org> SIZE=1",
  "<rosa@example.org>",
  "Rosa <rosa@example.org>",
  "rosa example.org",
])("a text that is not one address (%j) is written to nobody", async (to) => {
  await mail.queue({ to });
  await mail.deliver();
  expect(await mail.theMail()).toMatchObject({ state: "bounced", reply_code: null });
  expect(mail.server.received).toEqual([]);
});

test("other scripts, long lines and addresses of other alphabets arrive as they were written", async () => {
  const long = "long ".repeat(600).trim();
  await mail.queue({
    to: "rosa@bücher.example",
    subject: `Grüße an Žofie 日本 ${"ä".repeat(120)}`,
    text: `Grüß Gott, Žofie.\n\n${long}\n\n.\n\n日本語`,
  });
  await mail.queue({ to: "žofie@example.org", key: "notice/2" });
  await hub.workJobs();
  const [first, second] = mail.server.received;
  expect(first?.raw).toContain("rosa@xn--bcher-kva.example");
  expect(first?.headers.get("subject")).toBe(`Grüße an Žofie 日本 ${"ä".repeat(120)}`);
  expect(first?.text).toBe(`Grüß Gott, Žofie.\n\n${long}\n\n.\n\n日本語`);
  expect(Math.max(...(first?.raw ?? "").split("\r\n").map((line) => line.length))).toBeLessThan(998);
  expect(second?.to).toEqual(["žofie@example.org"]);
});

test("anybody's deed may cause a mail, and nobody but administrators reads the outbox, by page or by the database", async () => {
  const visitors = await signInVisitors(hub);
  await hub.services.perform(anonymous, (one) => queueMail(one, letter));
  await hub.services.perform(anonymous, (one) => queueMail(one, letter));
  const actors = visitors.map(({ actor }) => actor);
  for (const [index, actor] of actors.entries())
    await hub.services.perform(actor, (one) => queueMail(one, { ...letter, key: `by/${index}` }));
  expect(await mail.count("platform.mail")).toBe(actors.length + 1);
  const { id } = (await ownerPool.query<{ id: string }>("select id from platform.mail")).rows[0] ?? {
    id: "",
  };
  for (const { actor, cookie, name } of visitors) {
    const mayRead = name === "administrator";
    const seen = await inTransaction(db, actor, async (trx) => ({
      read: (await sql`select id from platform.mail`.execute(trx)).rows.length > 0,
      changed:
        (await sql`update platform.mail set reason = reason returning id`.execute(trx)).rows.length > 0,
    }));
    expect([name, seen]).toEqual([name, { read: mayRead, changed: mayRead }]);
    for (const path of ["/mail", `/mail/${id}`])
      expect([name, (await hub.get(path, cookie)).status]).toEqual([
        name,
        mayRead ? 200 : cookie ? 403 : 303,
      ]);
  }
  for (const statement of [
    "delete from platform.mail",
    "truncate platform.mail",
    "update platform.mail set key = key",
    "insert into platform.mail (id, key, kind, recipient, subject, state) values (gen_random_uuid(), 'forged', 'notice', 'a@b', 'x', 'sent')",
  ])
    await expect(
      inTransaction(db, anonymous, (trx) => sql.raw(statement).execute(trx)),
      statement,
    ).rejects.toMatchObject({ code: "42501" });
});

test("after ninety days the outbox does not say any more to whom it sent what, and still sends it once", async () => {
  await mail.queue();
  await hub.workJobs();
  mail.later(91 * 86_400_000);
  await mail.work("platform.tend-mail");
  expect(await mail.theMail()).toMatchObject({ recipient: "(wiped)", body: null, state: "sent" });
  await mail.queue();
  await hub.workJobs();
  expect(mail.server.received).toHaveLength(1);
});

test("a server that nobody vouches for gets no mail", async () => {
  const stranger = await startMailServer(0, { secure: true, disabledCommands: [] });
  const careful = await createTestHub({
    config: {
      TRELLIS_SMTP_URL: `smtps://127.0.0.1:${stranger.port}`,
      TRELLIS_MAIL_FROM: "hub@trellis.example",
    },
  });
  try {
    await careful.services.perform(system, (one) => queueMail(one, letter));
    await expect(careful.workJobs()).rejects.toThrow("did not take");
    const { rows } = await careful.services.database.ownerPool.query<MailRow>("select * from platform.mail");
    expect(rows).toMatchObject([{ state: "waiting" }]);
    expect(stranger.received).toEqual([]);
  } finally {
    await stranger.close();
  }
});

const link = {
  ...letter,
  kind: "sign-in-link",
  text: "Sign in:\n\nhttp://localhost:0/link/hush",
  secret: true,
  key: "link/kept",
} as const;

/** Makes a hub without a mail server, and has it write one secret mail. */
async function keepLink(config: Record<string, string>, demo: boolean): Promise<[TestHub, string]> {
  const quiet = await createTestHub({ demo, config });
  await quiet.services.perform(anonymous, (one) => queueMail(one, link));
  await quiet.workJobs();
  const { rows } = await quiet.services.database.ownerPool.query<MailRow>("select * from platform.mail");
  expect(rows).toMatchObject([{ state: "kept", tries: 0 }]);
  return [quiet, rows[0]?.id ?? ""];
}

test("without a mail server mail is kept and read on the page, links that sign in too where the hub is a demonstration", async () => {
  const [quiet, id] = await keepLink({ HOST: "0.0.0.0", TRELLIS_URL: "http://hub.example.org" }, true);
  const cookie = await quiet.signIn("marisol@demo.example");
  const list = await textOf(await quiet.get("/mail?state=kept", cookie));
  expect(list).toContain("Nothing leaves this hub");
  expect(list).not.toContain("Try again");
  expect(await textOf(await quiet.get(`/mail/${id}`, cookie))).toContain("/link/hush");
  expect((await quiet.get(`/mail/${id}`, await quiet.signIn("theo@demo.example"))).status).toBe(403);
  expect((await quiet.post(`/mail/${id}/retry`, {}, cookie)).status).toBe(409);
});

test("in a hub that is no demonstration links that sign in are kept only where nobody but this machine reaches it", async () => {
  const kept = async (config: Record<string, string>): Promise<string | null | undefined> => {
    const [quiet, id] = await keepLink(config, false);
    const { rows } = await quiet.services.database.ownerPool.query<MailRow>(
      "select body from platform.mail where id = $1",
      [id],
    );
    return rows[0]?.body;
  };
  expect(await kept({})).toContain("hush");
  expect(await kept({ HOST: "0.0.0.0" })).toBeNull();
  // Behind a reverse proxy a hub listens on this machine only, and is public nevertheless.
  expect(await kept({ TRELLIS_URL: "https://hub.example.org" })).toBeNull();
});

test("what waited in a backup is not sent by the hub that it is restored into", async () => {
  await mail.queue();
  await mail.queue({ key: "link/1", secret: true, kind: "sign-in-link" });
  const file = join(hub.config.dataFolder, "hub.trellis");
  expect(await backUp(hub, file)).toMatchObject({ code: 0 });
  const elsewhere = await createTestHub();
  expect(await restore(elsewhere, file)).toMatchObject({ code: 0 });
  vi.unstubAllEnvs();
  const { rows } = await elsewhere.services.database.ownerPool.query<MailRow>(
    "select state, body is null as wiped from platform.mail order by key",
  );
  expect(rows).toEqual([
    { state: "perhaps_sent", wiped: true },
    { state: "perhaps_sent", wiped: false },
  ]);
});
