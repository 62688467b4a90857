// Mail: what leaves the hub, once, and what becomes of what does not, against a real mail server.
import { expect, test } from "vitest";
import { jobs } from "../src/app/modules.ts";
import { system } from "../src/platform/database/actor.ts";
import { queueMail } from "../src/platform/mail/mail.ts";
import { textOf } from "./support/leaks.ts";
import { createMailHub, letter } from "./support/mail-hub.ts";
import { startMailServer } from "./support/mail-server.ts";
import { createTestHub } from "./support/test-hub.ts";
import { organizationOfCode } from "./support/visitors.ts";

const mail = await createMailHub();
const { hub } = mail;
const { ownerPool } = hub.services.database;
const administrator = await hub.signIn("marisol@demo.example");

test("an administrator's test mail arrives, from the hub, as text and as HTML, and the page says that it was sent", async () => {
  const answer = await hub.post("/mail/test", {}, administrator);
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/mail"]);
  await hub.workJobs();
  const [got] = mail.server.received;
  const { id } = await mail.theMail();
  expect(got?.to).toEqual(["marisol@demo.example"]);
  expect(got?.from).toBe("hub@trellis.example");
  expect(Object.fromEntries(got?.headers ?? [])).toMatchObject({
    subject: expect.stringContaining("Test mail of"),
    "message-id": `<${id}@trellis.example>`,
    "auto-submitted": "auto-generated",
  });
  const { rows } = await ownerPool.query<{ name: string }>("select name from platform.hub");
  expect(got?.headers.get("from")).toContain(rows[0]?.name ?? "no hub");
  expect(got?.text).toContain("If you read it in your mailbox");
  expect(got?.html).toContain('<a href="http://localhost:0/mail">');
  const page = await textOf(await hub.get("/mail?state=sent", administrator));
  expect(page).toContain("marisol@demo.example");
  expect(await textOf(await hub.get(`/mail/${id}`, administrator))).toContain("If you read it");
  expect(await mail.count("platform.audit where event = 'platform.test-mail-queued'")).toBe(1);
});

test("nobody gets the same mail twice: the same key, the job run again, and workers who race", async () => {
  mail.server.delay = 150;
  await mail.queue();
  await mail.queue({ subject: "Another subject under the same key" });
  expect(await mail.count("pgboss.job where name = 'platform.deliver-mail'")).toBe(1);
  await Promise.all([mail.deliver(), mail.deliver(), mail.deliver()]);
  await mail.deliver();
  await hub.workJobs();
  expect(mail.server.received).toHaveLength(1);
  expect(await mail.theMail()).toMatchObject({ state: "sent", tries: 1 });
});

test("a transaction that is rolled back sends nothing", async () => {
  await expect(
    hub.services.perform(system, async (one) => {
      await queueMail(one, letter);
      throw new Error("no");
    }),
  ).rejects.toThrow("no");
  await hub.workJobs();
  expect([mail.server.received.length, await mail.count("platform.mail")]).toEqual([0, 0]);
});

test("what the server does not take now waits, says why, and is taken at a later try", async () => {
  mail.server.refuseRecipient = { code: 451, text: "4.3.2 Try again later" };
  await mail.queue();
  await expect(mail.deliver()).rejects.toThrow("did not take the mail");
  expect(await mail.theMail()).toMatchObject({ state: "waiting", tries: 1, reply_code: 451 });
  expect((await mail.theMail()).reason).toContain("4.3.2 Try again later");
  expect(await textOf(await hub.get("/mail?state=waiting", administrator))).toContain("Trying again");
  mail.server.refuseRecipient = null;
  await mail.deliver();
  expect(await mail.theMail()).toMatchObject({ state: "sent", tries: 2, reason: null });
  expect(mail.server.received).toHaveLength(1);
});

test("a refusal for good counts at once, is noted with its code, is not tried again, and is shown at the person", async () => {
  mail.server.refuseRecipient = { code: 550, text: "5.1.1 No such mailbox" };
  await mail.queue({ to: "Ada@demo.example" });
  await hub.workJobs();
  expect(await mail.theMail()).toMatchObject({ state: "bounced", tries: 1, reply_code: 550 });
  mail.server.refuseRecipient = null;
  await mail.deliver();
  expect(mail.server.received).toHaveLength(0);
  expect(await textOf(await hub.get("/mail?state=returned", administrator))).toContain(
    "5.1.1 No such mailbox",
  );
  const people = `/directory/organizations/${await organizationOfCode(hub, "G01")}`;
  const mark = "Mail came back";
  expect(await textOf(await hub.get(people, administrator))).toContain(mark);
  expect(await textOf(await hub.get(people, await hub.signIn("theo@demo.example")))).not.toContain(mark);
  // The next mail that arrives takes the mark away.
  mail.later(60_000);
  await mail.queue({ to: "ada@demo.example", key: "notice/2" });
  await hub.workJobs();
  expect(await textOf(await hub.get(people, administrator))).not.toContain(mark);
});

test("a mail that is refused when it is whole came back too, and one that is put off then waits", async () => {
  mail.server.refuseMail = { code: 554, text: "5.7.1 Looks like spam" };
  await mail.queue();
  await mail.deliver();
  expect(await mail.theMail()).toMatchObject({ state: "bounced", reply_code: 554 });
  await ownerPool.query("delete from platform.mail");
  mail.server.refuseMail = { code: 452, text: "4.2.2 Mailbox full" };
  await mail.queue();
  await expect(mail.deliver()).rejects.toThrow("did not take");
  expect(await mail.theMail()).toMatchObject({ state: "waiting", reply_code: 452 });
});

test("a server that is down is asked again until it is up", async () => {
  await mail.queue();
  await mail.server.close();
  await expect(mail.deliver()).rejects.toThrow("did not take");
  expect(await mail.theMail()).toMatchObject({ state: "waiting", reply_code: null });
  expect((await mail.theMail()).reason).toContain("could not be reached");
  await mail.restart();
  await mail.deliver();
  expect(await mail.theMail()).toMatchObject({ state: "sent", tries: 2 });
  expect(mail.server.received).toHaveLength(1);
});

test("after fourteen tries it has failed, and an administrator may try again by hand", async () => {
  mail.server.refuseRecipient = { code: 421, text: "4.7.0 Too busy" };
  await mail.queue();
  for (let tries = 1; tries <= 13; tries += 1)
    await expect(mail.deliver(), String(tries)).rejects.toThrow("did not take");
  await mail.deliver();
  const { id } = await mail.theMail();
  expect(await mail.theMail()).toMatchObject({ state: "failed", tries: 14, reply_code: 421 });
  mail.server.refuseRecipient = null;
  const answer = await hub.post(`/mail/${id}/retry`, {}, administrator);
  expect([answer.status, answer.headers.get("location")]).toEqual([303, `/mail/${id}`]);
  await hub.workJobs();
  expect(await mail.theMail()).toMatchObject({ state: "sent", tries: 1 });
  expect((await hub.post(`/mail/${id}/retry`, {}, administrator)).status).toBe(409);
  expect(await mail.count("platform.audit where event = 'platform.mail-retried'")).toBe(1);
  expect(mail.server.received).toHaveLength(1);
});

test("a connection that breaks after the mail was handed over leaves it as perhaps sent, and it is not sent again by itself", async () => {
  mail.server.hangsUp = true;
  await mail.queue();
  await mail.deliver();
  expect(await mail.theMail()).toMatchObject({ state: "perhaps_sent", reply_code: null });
  expect(mail.server.received).toHaveLength(1);
  mail.server.hangsUp = false;
  await mail.deliver();
  await mail.work("platform.tend-mail");
  await hub.workJobs();
  expect(mail.server.received).toHaveLength(1);
  expect(await textOf(await hub.get(`/mail/${(await mail.theMail()).id}`, administrator))).toContain(
    "Nobody can say whether this mail arrived",
  );
});

test("a mail whose hub was killed while sending is perhaps sent, and only a person sends it again", async () => {
  await mail.queue();
  await ownerPool.query("update platform.mail set state = 'sending', updated_at = $1", [mail.clock.now]);
  await mail.work("platform.tend-mail");
  await mail.deliver();
  expect((await mail.theMail()).state).toBe("sending");
  mail.later(30 * 60_000);
  await mail.work("platform.tend-mail");
  await mail.deliver();
  const { id, state } = await mail.theMail();
  expect([state, mail.server.received.length]).toEqual(["perhaps_sent", 0]);
  await hub.post(`/mail/${id}/retry`, {}, administrator);
  await hub.workJobs();
  expect(mail.server.received.map(({ headers }) => headers.get("message-id"))).toEqual([
    `<${id}@trellis.example>`,
  ]);
});

test("a mail whose job got lost is found and sent", async () => {
  await mail.queue();
  await ownerPool.query("delete from pgboss.job");
  await mail.work("platform.tend-mail");
  expect(await mail.count("pgboss.job")).toBe(0);
  mail.later(9 * 3_600_000);
  await mail.work("platform.tend-mail");
  await hub.workJobs();
  expect(mail.server.received).toHaveLength(1);
});

test("the queue tries again by itself, after pauses that grow", async () => {
  const busy = await startMailServer();
  busy.refuseRecipient = { code: 451, text: "4.3.2 Try again later" };
  const running = await createTestHub({
    config: { TRELLIS_SMTP_URL: `smtp://127.0.0.1:${busy.port}`, TRELLIS_MAIL_FROM: "hub@trellis.example" },
  });
  const owner = running.services.database.ownerPool;
  const pauses: number[] = [];
  const nextPause = async (): Promise<void> => {
    await expect
      .poll(
        async () => {
          const { rows } = await owner.query<{ tries: number; pause: number }>(
            `select retry_count as tries, extract(epoch from start_after - now())::int as pause
            from pgboss.job where name = 'platform.deliver-mail' and state = 'retry' and start_after > now() + interval '20 seconds'`,
          );
          if (rows[0]) pauses.push(rows[0].pause);
          return rows.length;
        },
        { timeout: 15_000, interval: 100 },
      )
      .toBe(1);
    await owner.query("update pgboss.job set start_after = now() where state = 'retry'");
  };
  try {
    await running.services.jobs.work(running.services, jobs);
    await running.services.perform(system, (one) => queueMail(one, letter));
    await nextPause();
    await nextPause();
    await nextPause();
    busy.refuseRecipient = null;
    const state = async (): Promise<string | undefined> =>
      (await owner.query<{ state: string }>("select state from platform.mail")).rows[0]?.state;
    await expect.poll(state, { timeout: 15_000 }).toBe("sent");
    expect(busy.received).toHaveLength(1);
    // A minute, two, four: each between half of the doubled pause and the whole.
    const [first = 0, second = 0, third = 0] = pauses;
    expect(first).toBeGreaterThan(50);
    expect(second).toBeGreaterThan(110);
    expect(third).toBeGreaterThan(230);
    const { rows } = await owner.query(
      "select retry_limit, retry_delay, retry_backoff, retry_delay_max from pgboss.queue where name = 'platform.deliver-mail'",
    );
    expect(rows).toEqual([
      { retry_limit: 13, retry_delay: 60, retry_backoff: true, retry_delay_max: 14_400 },
    ]);
  } finally {
    await busy.close();
  }
}, 60_000);
