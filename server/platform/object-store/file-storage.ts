import path from "node:path";
import { LocalFolderStore } from "@/server/platform/object-store/local-folder-store";
import type { ObjectStore } from "@/server/platform/object-store/object-store";
import { readS3Settings } from "@/server/platform/object-store/s3-settings";
import { S3Store } from "@/server/platform/object-store/s3-store";
import { dataFolder } from "@/server/platform/settings/data-folder";

export interface FileStorage {
  readonly store: ObjectStore;
  /** Folder on this machine where uploads are gathered until they are whole. */
  readonly incoming: string;
}

/** Files in a folder of this machine. */
export const localStorage = (folder: string): FileStorage => ({
  store: new LocalFolderStore(folder),
  incoming: path.join(folder, "incoming"),
});

type Environment = Readonly<Record<string, string | undefined>>;

/** In S3 where PIPEWRIGHT_S3_* say so, else in the folder `files` of PIPEWRIGHT_DATA. */
export const readFileStorage = (environment: Environment = process.env): FileStorage => {
  const local = localStorage(path.join(dataFolder(environment), "files"));
  const settings = readS3Settings(environment);
  return settings === null ? local : { ...local, store: new S3Store(settings) };
};

// On globalThis because Next loads this module more than once in one process.
const shared: typeof globalThis & { pipewrightFiles?: { usual?: FileStorage; of: WeakMap<object, FileStorage> } } =
  globalThis;

const known = () => {
  shared.pipewrightFiles ??= { of: new WeakMap() };
  return shared.pipewrightFiles;
};

/** Where the files of this database's workspaces lie. */
export const fileStorageOf = (database: object): FileStorage => {
  const state = known();
  const own = state.of.get(database);
  if (own !== undefined) return own;
  state.usual ??= readFileStorage();
  return state.usual;
};

/** For tests: puts the files of this database in a place of their own. */
export const useFileStorage = (database: object, storage: FileStorage): void => {
  known().of.set(database, storage);
};
