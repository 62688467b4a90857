import { expect, test } from "vitest";
import { ConfigError, describeSettings, readConfig } from "./config.ts";

test("an empty environment gives a hub on this machine only, at port 3000", () => {
  const config = readConfig({});
  expect(config).toMatchObject({
    port: 3000,
    host: "127.0.0.1",
    databaseUrl: null,
    withholdBelow: 11,
    trustProxy: false,
  });
});

test("a setting left empty counts as absent", () => {
  expect(readConfig({ PORT: " ", DATABASE_URL: "" })).toMatchObject({ port: 3000, databaseUrl: null });
});

test("a wrong value stops the start with a message that names the setting and what it must be", () => {
  expect(() => readConfig({ PORT: "threethousand" })).toThrow(/PORT must be a whole number from 0 to 65535/);
  expect(() => readConfig({ DATABASE_URL: "mysql://x" })).toThrow(/DATABASE_URL must begin with postgres/);
  expect(() => readConfig({ TRELLIS_SECRET: "short" })).toThrow(ConfigError);
});

test("every wrong setting is named at once", () => {
  expect(() => readConfig({ PORT: "-1", LOG_LEVEL: "loud" })).toThrow(/PORT[\s\S]*LOG_LEVEL/);
});

test("every setting has a meaning that can be printed", () => {
  for (const setting of describeSettings()) expect(setting.meaning, setting.name).not.toBe("");
});
