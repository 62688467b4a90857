import { openAsBlob } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { S3mini, S3ServiceError } from "s3mini";
import type { ObjectStoreSettings } from "../config/config.ts";
import { createFileCache } from "./file-cache.ts";
import { FileDamaged, FileMissing, type FileStore, isHash, receiveFile } from "./files.ts";

/** Files larger than this are sent in parts of it, four at a time: 32 MB of memory for a file of any size. */
const PART_BYTES = 8 * 1024 * 1024;
const LONGEST_REQUEST = 15 * 60_000;
const LONGEST_CHECK = 5_000;
const TRIES = 3;
const LISTED_AT_A_TIME = 1000;
const PREFIX = "files/";

/** Uploaded files in a bucket of an S3-compatible store, with what is read kept in the data folder for a while. */
export function createBucketStore(
  settings: ObjectStoreSettings,
  dataFolder: string,
  cacheBytes: number,
): FileStore {
  const client = new S3mini({
    endpoint: `${settings.endpoint.replace(/\/+$/, "")}/${settings.bucket}`,
    region: settings.region,
    accessKeyId: settings.accessKeyId,
    secretAccessKey: settings.secretAccessKey,
    minPartSize: PART_BYTES,
    requestAbortTimeout: LONGEST_REQUEST,
    // A store that lies elsewhere than the settings say is for them to say: uploads go nowhere else.
    fetch: (input, init) => fetch(input, { ...init, redirect: "manual" }),
  });
  const cache = createFileCache(join(dataFolder, "file-cache"), cacheBytes);

  const read = async (hash: string): Promise<Readable> => {
    const { body } = await again(() => client.getObjectRaw(keyOf(hash)));
    if (!body) throw new FileMissing();
    return Readable.fromWeb(body);
  };

  /** Into the cache, and compared with its name on the way. */
  const fetchFile = async (hash: string): Promise<string> => {
    const received = await receiveFile(cache.folder, await read(hash), { limit: Number.MAX_SAFE_INTEGER });
    if (received.hash === hash) return cache.keep(received.path, hash);
    await rm(received.path, { force: true });
    throw new FileDamaged();
  };

  return {
    place: `bucket ${settings.bucket} at ${new URL(settings.endpoint).host}`,
    put: async (content, acceptance) => {
      const { path, hash, bytes } = await receiveFile(cache.folder, content, acceptance);
      try {
        const blob = await openAsBlob(path);
        await again(() =>
          client.putAnyObject(keyOf(hash), blob, "application/octet-stream", undefined, undefined, bytes),
        );
        await cache.keep(path, hash);
        return { hash, bytes };
      } catch (error) {
        await rm(path, { force: true });
        throw error;
      }
    },
    has: async (hash) => {
      if (!isHash(hash)) return false;
      if (await cache.find(hash)) return true;
      return client.objectExists(keyOf(hash)).then(
        (found) => found === true,
        () => false,
      );
    },
    pathOf: async (hash) => (await cache.find(hash)) ?? fetchFile(hash),
    read,
    list: async () => {
      const hashes: string[] = [];
      for (let token: string | undefined, more = true; more; more = token !== undefined) {
        const page = await again(() => client.listObjectsPaged("/", PREFIX, LISTED_AT_A_TIME, token));
        for (const { Key } of page?.objects ?? []) hashes.push(Key.slice(PREFIX.length));
        token = page?.nextContinuationToken;
      }
      return hashes.filter(isHash).toSorted();
    },
    remove: async (hash) => {
      await again(() => client.deleteObject(keyOf(hash)));
      await cache.drop(hash);
    },
    check: async () => {
      const answered = client.bucketExists();
      answered.catch(() => undefined);
      const late = wait(LONGEST_CHECK, null, { ref: false });
      if ((await Promise.race([answered, late])) !== true) throw new Error("the bucket does not answer");
    },
  };
}

function keyOf(hash: string): string {
  if (!isHash(hash)) throw new Error("not a stored file's hash");
  return `${PREFIX}${hash}`;
}

/** Once more where the store or the line to it had a weak moment. @throws FileMissing */
async function again<T>(request: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await request();
    } catch (error) {
      const status = error instanceof S3ServiceError ? error.status : 0;
      if (status === 404) throw new FileMissing();
      if (tried === TRIES || (status >= 300 && status < 500 && status !== 429)) throw error;
      await wait(250 * 2 ** tried);
    }
  }
}
