import type { Config } from "../config/config.ts";
import { createBucketStore } from "./bucket-store.ts";
import type { FileStore } from "./files.ts";
import { createFolderStore } from "./folder-store.ts";

/** The store that the settings name. */
export function openFileStore(
  config: Pick<Config, "dataFolder" | "objectStore" | "fileCacheBytes">,
): FileStore {
  const { dataFolder, objectStore, fileCacheBytes } = config;
  return objectStore
    ? createBucketStore(objectStore, dataFolder, fileCacheBytes)
    : createFolderStore(dataFolder);
}
