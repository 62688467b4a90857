import { isAbsolute, resolve } from "node:path";
import { z } from "zod";
import { type MailServer, MailSettingProblem, readMailServer } from "./mail-server.ts";

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
  TRELLIS_DEMO: z
    .enum(["yes", "no"], { error: "must be yes or no" })
    .optional()
    .describe(
      "Whether a start fills an empty hub with the demonstration, whose people all have one public password. Absent: only where HOST and TRELLIS_URL let nobody but this machine reach the hub.",
    ),
  TRELLIS_WITHHOLD_BELOW: integer(2, 100, 11).describe(
    "Published counts of people from 1 to one less than this are withheld.",
  ),
  TRELLIS_MAX_UPLOAD_MB: integer(1, 10_240, 512).describe(
    "The largest file that may be uploaded, in megabytes.",
  ),
  TRELLIS_MAX_DOCUMENT_MB: integer(1, 10_240, 50).describe(
    "The largest document or picture that the library takes as a material, in megabytes.",
  ),
  TRELLIS_MAX_RECORDING_MB: integer(1, 10_240, 2048).describe(
    "The largest recording that the library takes as a material, in megabytes. A proxy in front must let it through.",
  ),
  TRELLIS_MAX_WORKBOOK_MB: integer(1, 10_240, 512).describe(
    "The largest workbook that is opened, unpacked, in megabytes.",
  ),
  TRELLIS_MAX_PRACTICES_IN_FILE: integer(1, 1_000_000, 10_000).describe(
    "The most practices that one downloaded file of the library holds; the API gives all of them, part by part.",
  ),
  TRELLIS_REQUESTS_PER_MINUTE: integer(10, 10_000_000, 1200).describe(
    "How many requests one network address may send in a minute.",
  ),
  TRELLIS_API_REQUESTS_PER_MINUTE: integer(1, 10_000_000, 600).describe(
    "How many API calls one token may make in a minute.",
  ),
  TRELLIS_QUERY_SECONDS: integer(1, 3600, 60).describe(
    "How many seconds one query of a page or of an API call may take. Jobs, backups and migrations may take longer.",
  ),
  TRELLIS_PASSWORD_COST: integer(14, 20, 17).describe(
    "How much a password's hash costs: scrypt's N is 2 to the power of this. 17 takes 128 MB and some tenths of a second; each more takes twice as much. Leave it at 17 or above where real people sign in.",
  ),
  TRELLIS_WEBHOOK_PRIVATE_ADDRESSES: z
    .enum(["yes", "no"], { error: "must be yes or no" })
    .default("no")
    .describe(
      "Whether webhooks may lead to private and local network addresses, and without https. Only for a hub whose administrators may reach everything in its network.",
    ),
  TRELLIS_OIDC_ISSUER: z
    .url({
      protocol: /^https?$/,
      error: "must be the provider's web address, such as https://login.agency.example",
    })
    .optional()
    .describe("Your agency's OpenID Connect provider; people may then sign in there."),
  TRELLIS_OIDC_CLIENT_ID: z.string().optional().describe("The hub's name at that provider."),
  TRELLIS_OIDC_CLIENT_SECRET: z.string().optional().describe("The hub's password at that provider."),
  TRELLIS_OIDC_LABEL: z
    .string()
    .max(60)
    .default("your agency's sign-in")
    .describe('What the button says after "Sign in with".'),
  TRELLIS_OIDC_SECOND_FACTOR: z
    .enum(["yes", "no"], { error: "must be yes or no" })
    .default("no")
    .describe("Whether the provider asks for a second factor itself, so that the hub need not."),
  TRELLIS_SMTP_URL: z
    .string()
    .optional()
    .describe(
      "The server that takes the hub's mail, such as smtps://user:password@mail.example.org. Without it mail stays in the hub.",
    ),
  TRELLIS_MAIL_FROM: z
    .email("must be an e-mail address such as hub@example.org")
    .optional()
    .describe("The address that the hub's mail comes from; needed with TRELLIS_SMTP_URL."),
  TRELLIS_METRICS_TOKEN: z
    .string()
    .min(16, "must have at least 16 characters")
    .optional()
    .describe(
      "What a Prometheus server sends as its bearer token to read /metrics; without it there is no such page.",
    ),
  TRELLIS_S3_ENDPOINT: z
    .url({ protocol: /^https?$/, error: "must be a web address such as https://s3.us-east-1.amazonaws.com" })
    .optional()
    .describe(
      "An S3-compatible store for uploaded files, instead of the data folder. Named with the next four.",
    ),
  TRELLIS_S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "must be the name of a bucket")
    .optional()
    .describe("The bucket in that store. It is not made by Trellis, and should hold nothing else."),
  TRELLIS_S3_REGION: z
    .string()
    .default("us-east-1")
    .describe("The region that the store expects in signatures."),
  TRELLIS_S3_ACCESS_KEY_ID: z.string().optional().describe("The hub's name at the store."),
  TRELLIS_S3_SECRET_ACCESS_KEY: z.string().optional().describe("The hub's password at the store."),
  TRELLIS_FILE_CACHE_MB: integer(0, 1_048_576, 2048).describe(
    "How much of an S3-compatible store is kept in the data folder for reading, in megabytes.",
  ),
  TRELLIS_KEEP_DISCARDED_DAYS: integer(1, 3650, 90).describe(
    "After so many days the uploaded file of a roster that was put aside is removed.",
  ),
  TRELLIS_KEEP_SENDERS_DAYS: integer(1, 3650, 365).describe(
    "So many days after the decision name and e-mail of who sent something to the library are erased.",
  ),
  TRELLIS_CHECK_LINKS: z
    .enum(["yes", "no"], { error: "must be yes or no" })
    .default("yes")
    .describe("Whether the hub looks every night whether the links of the library still lead somewhere."),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"], {
      error: "must be debug, info, warn, error or silent",
    })
    .default("info")
    .describe("How much is written to the log."),
});

/** Where an S3-compatible store is, and how the hub signs in there. */
export interface ObjectStoreSettings {
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

/** What the hub runs with. Sizes in bytes, `dataFolder` absolute. */
export interface Config {
  port: number;
  host: string;
  dataFolder: string;
  databaseUrl: string | null;
  secret: string | null;
  publicUrl: string | null;
  trustProxy: boolean;
  /** Null: where only this machine reaches the hub. */
  demo: boolean | null;
  withholdBelow: number;
  maxUploadBytes: number;
  maxDocumentBytes: number;
  maxRecordingBytes: number;
  maxWorkbookBytes: number;
  mostPracticesInFile: number;
  requestsPerMinute: number;
  apiRequestsPerMinute: number;
  querySeconds: number;
  passwordCost: number;
  webhookPrivateAddresses: boolean;
  oidc: {
    issuer: string;
    clientId: string;
    clientSecret: string;
    label: string;
    countsAsSecondFactor: boolean;
  } | null;
  /** Null: mail stays in the hub. */
  mail: MailServer | null;
  metricsToken: string | null;
  /** Null: uploaded files lie in the data folder. */
  objectStore: ObjectStoreSettings | null;
  fileCacheBytes: number;
  keepDiscardedDays: number;
  keepSendersDays: number;
  checkLinks: boolean;
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
    demo: settings.TRELLIS_DEMO === undefined ? null : settings.TRELLIS_DEMO === "yes",
    withholdBelow: settings.TRELLIS_WITHHOLD_BELOW,
    maxUploadBytes: settings.TRELLIS_MAX_UPLOAD_MB * MEGABYTE,
    maxDocumentBytes: settings.TRELLIS_MAX_DOCUMENT_MB * MEGABYTE,
    maxRecordingBytes: settings.TRELLIS_MAX_RECORDING_MB * MEGABYTE,
    maxWorkbookBytes: settings.TRELLIS_MAX_WORKBOOK_MB * MEGABYTE,
    mostPracticesInFile: settings.TRELLIS_MAX_PRACTICES_IN_FILE,
    requestsPerMinute: settings.TRELLIS_REQUESTS_PER_MINUTE,
    apiRequestsPerMinute: settings.TRELLIS_API_REQUESTS_PER_MINUTE,
    querySeconds: settings.TRELLIS_QUERY_SECONDS,
    passwordCost: settings.TRELLIS_PASSWORD_COST,
    webhookPrivateAddresses: settings.TRELLIS_WEBHOOK_PRIVATE_ADDRESSES === "yes",
    oidc: readOidc(settings),
    mail: readMail(settings),
    metricsToken: settings.TRELLIS_METRICS_TOKEN ?? null,
    objectStore: readObjectStore(settings),
    fileCacheBytes: settings.TRELLIS_FILE_CACHE_MB * MEGABYTE,
    keepDiscardedDays: settings.TRELLIS_KEEP_DISCARDED_DAYS,
    keepSendersDays: settings.TRELLIS_KEEP_SENDERS_DAYS,
    checkLinks: settings.TRELLIS_CHECK_LINKS === "yes",
    logLevel: settings.LOG_LEVEL,
  };
}

/** The mail server and the address of the hub's mail, both or neither. */
function readMail(settings: z.infer<typeof environment>): MailServer | null {
  if (!settings.TRELLIS_SMTP_URL) return null;
  try {
    return readMailServer(settings.TRELLIS_SMTP_URL, settings.TRELLIS_MAIL_FROM);
  } catch (error) {
    if (!(error instanceof MailSettingProblem)) throw error;
    throw new ConfigError(`Trellis did not start, because a setting cannot be used:\n  ${error.message}`);
  }
}

/** The store for uploaded files, all or nothing. */
function readObjectStore(settings: z.infer<typeof environment>): ObjectStoreSettings | null {
  const endpoint = settings.TRELLIS_S3_ENDPOINT;
  const bucket = settings.TRELLIS_S3_BUCKET;
  const accessKeyId = settings.TRELLIS_S3_ACCESS_KEY_ID;
  const secretAccessKey = settings.TRELLIS_S3_SECRET_ACCESS_KEY;
  if (!endpoint && !bucket && !accessKeyId && !secretAccessKey) return null;
  if (!endpoint || !bucket || !accessKeyId || !secretAccessKey)
    throw new ConfigError(
      "Trellis did not start, because a setting is missing:\n  TRELLIS_S3_ENDPOINT, TRELLIS_S3_BUCKET, TRELLIS_S3_ACCESS_KEY_ID and TRELLIS_S3_SECRET_ACCESS_KEY belong together: name all four or none.",
    );
  return { endpoint, bucket, region: settings.TRELLIS_S3_REGION, accessKeyId, secretAccessKey };
}

/** The provider, all or nothing. */
function readOidc(settings: z.infer<typeof environment>): Config["oidc"] {
  const issuer = settings.TRELLIS_OIDC_ISSUER;
  const clientId = settings.TRELLIS_OIDC_CLIENT_ID;
  const clientSecret = settings.TRELLIS_OIDC_CLIENT_SECRET;
  if (!issuer && !clientId && !clientSecret) return null;
  if (!issuer || !clientId || !clientSecret)
    throw new ConfigError(
      "Trellis did not start, because a setting is missing:\n  TRELLIS_OIDC_ISSUER, TRELLIS_OIDC_CLIENT_ID and TRELLIS_OIDC_CLIENT_SECRET belong together: name all three or none.",
    );
  return {
    issuer,
    clientId,
    clientSecret,
    label: settings.TRELLIS_OIDC_LABEL,
    countsAsSecondFactor: settings.TRELLIS_OIDC_SECOND_FACTOR === "yes",
  };
}

/** The address people use for a path of the hub, for mails and other sites. */
export const hubAddress = (config: Config, path = ""): string =>
  `${config.publicUrl ?? `http://localhost:${config.port}`}${path}`;

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
