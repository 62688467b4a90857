// A small S3-compatible store on 127.0.0.1, in memory, that lets nobody in whose signature does not hold.
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { afterAll } from "vitest";
import { computeSignature, readClaim } from "./s3-signature.ts";

export interface TestStore {
  /** The settings of a hub that keeps its files here. */
  settings: Record<string, string>;
  objects: Map<string, Buffer>;
  /** Requests that came, as "PUT /bucket/key". */
  seen: string[];
  /** Where requests are sent on to, as a store does whose bucket lies elsewhere; null: nowhere. */
  sendOnTo: string | null;
  /** So many next requests are answered with a failure of the store. */
  failNext: number;
  stop(): Promise<void>;
}

const ACCESS_KEY = "TRELLISTESTKEY";
const SECRET = "a/secret+of the store";
const REGION = "eu-test-1";
const BUCKET = "hub-files";
const PAGE = 3;

/** Opens the store; it is closed with the test file. */
export async function openTestStore(): Promise<TestStore> {
  const objects = new Map<string, Buffer>();
  const uploads = new Map<string, Map<number, Buffer>>();
  const store: TestStore = {
    settings: {},
    objects,
    seen: [],
    sendOnTo: null,
    failNext: 0,
    stop: () => Promise.resolve(),
  };
  const server = createServer((request, response) => {
    answer(request, response, store, uploads).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  store.settings = {
    TRELLIS_S3_ENDPOINT: `http://127.0.0.1:${port}`,
    TRELLIS_S3_BUCKET: BUCKET,
    TRELLIS_S3_REGION: REGION,
    TRELLIS_S3_ACCESS_KEY_ID: ACCESS_KEY,
    TRELLIS_S3_SECRET_ACCESS_KEY: SECRET,
  };
  store.stop = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  afterAll(store.stop);
  return store;
}

function isSigned(request: IncomingMessage): boolean {
  const claim = readClaim(request.headers.authorization);
  if (!claim || claim.accessKeyId !== ACCESS_KEY || claim.region !== REGION || claim.service !== "s3")
    return false;
  if (!claim.signedHeaders.includes("host") || !claim.signedHeaders.includes("x-amz-date")) return false;
  const signed = { method: request.method ?? "", target: request.url ?? "", headers: request.headers };
  return computeSignature(signed, claim, SECRET) === claim.signature;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  store: TestStore,
  uploads: Map<string, Map<number, Buffer>>,
): Promise<void> {
  const url = new URL(request.url ?? "", "http://store");
  const body = await buffer(request);
  store.seen.push(`${request.method} ${url.pathname}`);
  const say = (status: number, text: string | Buffer = "", headers: Record<string, string> = {}): void => {
    response.writeHead(status, { "content-length": String(Buffer.byteLength(text)), ...headers });
    response.end(request.method === "HEAD" ? undefined : text);
  };
  const xml = (status: number, text: string): void =>
    say(status, `<?xml version="1.0" encoding="UTF-8"?>${text}`, { "content-type": "application/xml" });
  if (store.sendOnTo !== null) return say(307, "", { location: `${store.sendOnTo}${request.url}` });
  if (!isSigned(request)) return xml(403, "<Error><Code>SignatureDoesNotMatch</Code></Error>");
  if (store.failNext > 0) {
    store.failNext -= 1;
    return xml(503, "<Error><Code>SlowDown</Code></Error>");
  }
  const [, bucket, ...rest] = url.pathname.split("/");
  const key = rest.join("/");
  if (bucket !== BUCKET) return xml(404, "<Error><Code>NoSuchBucket</Code></Error>");
  if (key === "") return url.searchParams.has("list-type") ? xml(200, listing(store, url)) : say(200);
  const upload = url.searchParams.get("uploadId");
  if (request.method === "POST" && url.searchParams.has("uploads")) {
    const id = `upload-${uploads.size + 1}`;
    uploads.set(id, new Map());
    return xml(
      200,
      `<InitiateMultipartUploadResult><Bucket>${BUCKET}</Bucket><Key>${key}</Key><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
    );
  }
  if (upload) {
    const parts = uploads.get(upload);
    if (!parts) return xml(404, "<Error><Code>NoSuchUpload</Code></Error>");
    if (request.method === "PUT") {
      parts.set(Number(url.searchParams.get("partNumber")), body);
      return say(200, "", { etag: etagOf(body) });
    }
    if (request.method === "POST") {
      const ordered = [...parts].toSorted(([a], [b]) => a - b).map(([, part]) => part);
      store.objects.set(key, Buffer.concat(ordered));
      uploads.delete(upload);
      return xml(
        200,
        `<CompleteMultipartUploadResult><Location>/${BUCKET}/${key}</Location><Bucket>${BUCKET}</Bucket><Key>${key}</Key><ETag>"${ordered.length}"</ETag></CompleteMultipartUploadResult>`,
      );
    }
    uploads.delete(upload);
    return say(204);
  }
  if (request.method === "PUT") {
    store.objects.set(key, body);
    return say(200, "", { etag: etagOf(body) });
  }
  const object = store.objects.get(key);
  if (request.method === "DELETE") {
    store.objects.delete(key);
    return say(204);
  }
  if (!object) return xml(404, "<Error><Code>NoSuchKey</Code></Error>");
  return say(200, object, { etag: etagOf(object) });
}

const etagOf = (bytes: Buffer): string => `"${createHash("md5").update(bytes).digest("hex")}"`;

/** A few keys at a time, so that whoever lists has to ask again. */
function listing({ objects }: TestStore, url: URL): string {
  const prefix = url.searchParams.get("prefix") ?? "";
  const after = url.searchParams.get("continuation-token") ?? "";
  const left = [...objects.keys()].toSorted().filter((key) => key.startsWith(prefix) && key > after);
  const page = left.slice(0, PAGE);
  const more = left.length > PAGE;
  const contents = page.map(
    (key) =>
      `<Contents><Key>${key}</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>"x"</ETag><Size>${objects.get(key)?.length ?? 0}</Size><StorageClass>STANDARD</StorageClass></Contents>`,
  );
  return `<ListBucketResult><Name>${BUCKET}</Name><Prefix>${prefix}</Prefix><KeyCount>${page.length}</KeyCount><IsTruncated>${more}</IsTruncated>${more ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : ""}${contents.join("")}</ListBucketResult>`;
}
