import { isAbsolute, resolve } from "node:path";
import { z } from "zod";

/** A whole number from the environment, with its bounds named in the message. */
const integer = (lowest: number, highest: number, fallback: number) =>
  z.coerce
    .number({ error: `must be a whole number from ${lowest} to ${highest}` })
    .int(`must be a whole number from ${lowest} to ${highest}`)
    .min(lowest, `must be a whole number from ${lowest} to ${highest}`)
    .max(highest, `must be a whole number from ${lowest} to ${highest}`)
    .default(fallback);

const environment = z.object({
  PORT: integer(0, 65_535, 3000).describe("The port the hub listens on; 0 takes a free one."),
  HOST: z
    .string()
    .min(1)
    .default("127.0.0.1")
    .describe("The address the hub listens on; 0.0.0.0 opens it to the network."),
  TRELLIS_DATA: z
    .string()
    .min(1)
    .default("./data")
    .describe("The folder that holds the database, uploads and the secret."),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must begin with postgres:// or postgresql://")
    .optional()
    .describe(
      "A PostgreSQL server (15 to 18) instead of the embedded one; its role must own the database and may create roles.",
    ),
  TRELLIS_SECRET: z
    .string()
    .min(32, "must have at least 32 characters")
    .optional()
    .describe(
      "The secret behind sessions and the application's database password; made once in the data folder when absent.",
    ),
  TRELLIS_URL: z
    .url({ protocol: /^https?$/, error: "must be a web address such as https://hub.example.org" })
    .optional()
    .describe(
      "The address people use, when a reverse proxy stands in front; https switches on Strict-Transport-Security.",
    ),
  TRELLIS_TRUST_PROXY: z
    .enum(["yes", "no"], { error: "must be yes or no" })
    .default("no")
    .describe("Whether X-Forwarded-For comes from your own reverse proxy and may be believed."),
  TRELLIS_WITHHOLD_BELOW: integer(2, 100, 11).describe(
    "Published counts of people from 1 to one less than this are withheld.",
  ),
  TRELLIS_MAX_UPLOAD_MB: integer(1, 10_240, 512).describe(
    "The largest file that may be uploaded, in megabytes.",
  ),
  TRELLIS_MAX_WORKBOOK_MB: integer(1, 10_240, 512).describe(
    "The largest workbook that is opened, unpacked, in megabytes.",
  ),
  TRELLIS_REQUESTS_PER_MINUTE: integer(10, 10_000_000, 1200).describe(
    "How many requests one network address may send in a minute.",
  ),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"], {
      error: "must be debug, info, warn, error or silent",
    })
    .default("info")
    .describe("How much is written to the log."),
});

/** What the hub runs with. Sizes in bytes, `dataFolder` absolute. */
export interface Config {
  port: number;
  host: string;
  dataFolder: string;
  databaseUrl: string | null;
  secret: string | null;
  publicUrl: string | null;
  trustProxy: boolean;
  withholdBelow: number;
  maxUploadBytes: number;
  maxWorkbookBytes: number;
  requestsPerMinute: number;
  logLevel: "debug" | "info" | "warn" | "error" | "silent";
}

/** A setting with a value that cannot be used; the message names each one and says what it must be. */
export class ConfigError extends Error {}

const MEGABYTE = 1024 * 1024;

/**
 * Reads and checks the settings.
 * @param variables the environment, usually `process.env`; an empty text counts as absent.
 * @throws ConfigError naming every setting that cannot be used.
 */
export function readConfig(variables: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")} ${issue.message}`);
    throw new ConfigError(`Trellis did not start, because a setting cannot be used:\n${lines.join("\n")}`);
  }
  const settings = parsed.data;
  return {
    port: settings.PORT,
    host: settings.HOST,
    dataFolder: isAbsolute(settings.TRELLIS_DATA) ? settings.TRELLIS_DATA : resolve(settings.TRELLIS_DATA),
    databaseUrl: settings.DATABASE_URL ?? null,
    secret: settings.TRELLIS_SECRET ?? null,
    publicUrl: settings.TRELLIS_URL?.replace(/\/$/, "") ?? null,
    trustProxy: settings.TRELLIS_TRUST_PROXY === "yes",
    withholdBelow: settings.TRELLIS_WITHHOLD_BELOW,
    maxUploadBytes: settings.TRELLIS_MAX_UPLOAD_MB * MEGABYTE,
    maxWorkbookBytes: settings.TRELLIS_MAX_WORKBOOK_MB * MEGABYTE,
    requestsPerMinute: settings.TRELLIS_REQUESTS_PER_MINUTE,
    logLevel: settings.LOG_LEVEL,
  };
}

/** Name, default and meaning of every setting, for the documentation. */
export function describeSettings(): { name: string; fallback: string; meaning: string }[] {
  return Object.entries(environment.shape).map(([name, schema]) => {
    const fallback = schema.safeParse(undefined);
    return {
      name,
      fallback: fallback.success && fallback.data !== undefined ? String(fallback.data) : "",
      meaning: schema.description ?? "",
    };
  });
}
