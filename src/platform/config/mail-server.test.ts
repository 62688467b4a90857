import { expect, test } from "vitest";
import { ConfigError, readConfig } from "./config.ts";

const mailOf = (url: string, from: string | undefined = "hub@example.org") =>
  readConfig({ TRELLIS_SMTP_URL: url, TRELLIS_MAIL_FROM: from }).mail;

test("without a mail server mail stays in the hub, whatever address it would come from", () => {
  expect(readConfig({}).mail).toBeNull();
  expect(readConfig({ TRELLIS_MAIL_FROM: "hub@example.org" }).mail).toBeNull();
});

test("an address says server, port, encryption and sign-in", () => {
  expect(mailOf("smtps://mailer:s%2Fcret%40@mail.example.org")).toEqual({
    host: "mail.example.org",
    port: 465,
    tls: "wrapped",
    signIn: { user: "mailer", password: "s/cret@" },
    from: "hub@example.org",
  });
  expect(mailOf("smtp://mail.example.org")).toMatchObject({ port: 587, tls: "required", signIn: null });
  expect(mailOf("smtp://mail.example.org:2525/")).toMatchObject({ port: 2525, tls: "required" });
});

test("mail leaves this machine in the clear only where that is asked for, and then without a password", () => {
  for (const local of ["smtp://127.0.0.1:25", "smtp://localhost", "smtp://[::1]:1025"])
    expect(mailOf(local)?.tls, local).toBe("off");
  expect(mailOf("smtp://relay.example.org:25?tls=off")?.tls).toBe("off");
  expect(() => mailOf("smtp://user:secret@relay.example.org?tls=off")).toThrow(/must not hold a password/);
  for (const near of ["smtp://127.0.0.1.example.org", "smtp://localhost.example.org", "smtp://128.0.0.1"])
    expect(mailOf(near)?.tls, near).toBe("required");
});

test("what cannot be used stops the start, and its message does not repeat the password", () => {
  const wrong = [
    "mail.example.org",
    "https://u:hush-hush@mail.example.org",
    "smtp://u:hush-hush@mail.example.org?tls=of",
    "smtp://u:hush-hush@mail.example.org/inbox",
    "smtps://u:hush-hush@mail.example.org?tls=off",
    "smtp://u:hush-hush%@mail.example.org",
    "smtp://",
  ];
  for (const url of wrong) {
    expect(() => mailOf(url), url).toThrow(ConfigError);
    expect(() => mailOf(url), url).toThrow(/TRELLIS_SMTP_URL/);
    expect(() => mailOf(url), url).not.toThrow(/hush/);
  }
  expect(() => readConfig({ TRELLIS_SMTP_URL: "smtp://mail.example.org" })).toThrow(/TRELLIS_MAIL_FROM/);
  expect(() => mailOf("smtp://mail.example.org", "the hub")).toThrow(/TRELLIS_MAIL_FROM must be an e-mail/);
});
