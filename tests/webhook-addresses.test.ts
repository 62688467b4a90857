// Where a webhook may lead: never into the hub's own network, however that is written.
import { expect, test } from "vitest";
import { isPublicAddress } from "../src/platform/outbound/public-address.ts";
import { sendMessage } from "../src/platform/webhooks/send-message.ts";
import { whyNotWebhookUrl } from "../src/platform/webhooks/webhook-url.ts";

const INWARDS = [
  "https://localhost/",
  "https://sub.localhost/",
  "https://printer.local/",
  "https://metadata.google.internal/",
  "https://intranet/",
  "https://127.0.0.1/",
  "https://127.1/",
  "https://2130706433/",
  "https://0x7f000001/",
  "https://0177.0.0.1/",
  "https://0.0.0.0/",
  "https://10.1.2.3/",
  "https://100.64.0.1/",
  "https://169.254.169.254/latest/meta-data/",
  "https://172.16.0.1/",
  "https://172.31.255.255/",
  "https://192.168.1.1/",
  "https://198.18.0.1/",
  "https://224.0.0.1/",
  "https://255.255.255.255/",
  "https://[::]/",
  "https://[::1]/",
  "https://[::ffff:127.0.0.1]/",
  "https://[::ffff:7f00:1]/",
  "https://[::127.0.0.1]/",
  "https://[64:ff9b::7f00:1]/",
  "https://[fc00::1]/",
  "https://[fd12:3456::1]/",
  "https://[fe80::1]/",
  "https://[fec0::1]/",
  "https://[ff02::1]/",
  "https://[2001:db8::1]/",
  "https://[2002:7f00:1::]/",
  "https://[2001:0:4136:e378::1]/",
  "http://example.org/",
  "ftp://example.org/",
  "https://name:password@example.org/",
];

test.each(INWARDS)("no webhook leads to %s", async (url) => {
  expect(whyNotWebhookUrl(url, false)).toBeTypeOf("string");
  expect(await sendMessage(url, { body: "{}", headers: {} }, { mayBePrivate: false })).toMatchObject({
    status: null,
    problem: expect.any(String),
  });
});

test("addresses that everybody may reach are open", () => {
  for (const url of [
    "https://example.org/hook",
    "https://93.184.215.14/",
    "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/",
  ])
    expect(whyNotWebhookUrl(url, false), url).toBeNull();
  expect(["8.8.8.8", "172.32.0.1", "2606:4700::1111"].map(isPublicAddress)).toEqual([true, true, true]);
  expect(isPublicAddress("localhost")).toBe(false);
});
