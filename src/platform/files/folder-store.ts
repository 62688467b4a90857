import { createReadStream, existsSync, readdirSync } from "node:fs";
import { access, constants, mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { FileMissing, type FileStore, isHash, pathBelow, receiveFile } from "./files.ts";

/** Where a stored file lies in a data folder. */
export function storedFilePath(dataFolder: string, hash: string): string {
  return pathBelow(join(dataFolder, "files"), hash);
}

/** The hashes of all files stored in a data folder, in order. */
export function listStoredFiles(dataFolder: string): string[] {
  const folder = join(dataFolder, "files");
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((one) => one.isDirectory() && /^[0-9a-f]{2}$/.test(one.name))
    .flatMap((one) => readdirSync(join(folder, one.name)))
    .filter(isHash)
    .toSorted();
}

/** Uploaded files in the data folder. */
export function createFolderStore(dataFolder: string): FileStore {
  const folder = join(dataFolder, "files");
  const pathOf = async (hash: string): Promise<string> => {
    const path = storedFilePath(dataFolder, hash);
    if (!existsSync(path)) throw new FileMissing();
    return path;
  };
  return {
    place: folder,
    put: async (content, acceptance) => {
      const { path: half, hash, bytes } = await receiveFile(folder, content, acceptance);
      const path = storedFilePath(dataFolder, hash);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      if (existsSync(path)) await rm(half);
      else await rename(half, path);
      return { hash, bytes };
    },
    has: (hash) => Promise.resolve(isHash(hash) && existsSync(storedFilePath(dataFolder, hash))),
    pathOf,
    read: async (hash) => createReadStream(await pathOf(hash)),
    list: () => Promise.resolve(listStoredFiles(dataFolder)),
    remove: (hash) => rm(storedFilePath(dataFolder, hash), { force: true }),
    check: async () => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    },
  };
}
