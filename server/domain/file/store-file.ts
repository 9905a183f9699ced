import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { type FileReference, isAudio, isImage } from "@/runtime/node/file-reference";
import type { Database } from "@/server/platform/db/database";
import { fileStorageOf } from "@/server/platform/object-store/file-storage";
import type { StagedFile } from "@/server/platform/object-store/object-store";
import { fileLimits, mostFileBytes, sizeInWords, workspaceQuota } from "./file-limits";
import { withFileLock } from "./file-lock";
import { safeFileName } from "./file-name";
import { FileRefusal } from "./file-refusal";
import { asReference, objectKey } from "./file-row";
import { measureImage, unreadableImage } from "./images";
import { type FoundType, findMediaType } from "./media-type";
import { dropStaged, prepareIncoming, stageFile, tooLarge } from "./stage-file";

interface About {
  readonly workspaceId: string;
  /** As sent; what is unsafe in it is left out. */
  readonly name: string;
  /** Days until it is removed by itself; kept until somebody removes it where left out. */
  readonly days?: number;
  /** Bytes of all files of the workspace. */
  readonly quota?: number;
}
export type NewFile = About & ({ readonly bytes: Uint8Array } | { readonly stream: Readable });
export type NewStagedFile = About & { readonly staged: StagedFile };

export interface StoredFileFacts {
  readonly file: FileReference;
  /** The extension that the name had, where the bytes are something else; the name was corrected. */
  readonly claimed: string | null;
}

/** Keeps a file. Throws `FileRefusal` for one that is empty, too large or damaged, and when the workspace has no room left. */
export const storeFile = async (database: Database, file: NewFile): Promise<FileReference> => {
  const source = "stream" in file ? file.stream : Readable.from([file.bytes]);
  const { incoming } = fileStorageOf(database);
  await prepareIncoming(incoming);
  const staged = await stageFile(incoming, safeFileName(file.name), source, mostFileBytes);
  const { workspaceId, name, days, quota } = file;
  const about = {
    workspaceId,
    name,
    ...(days === undefined ? {} : { days }),
    ...(quota === undefined ? {} : { quota }),
  };
  return (await storeStaged(database, { ...about, staged })).file;
};

/** The same of bytes that are on disk already. They are gone from there afterwards, whatever happens. */
export const storeStaged = async (database: Database, file: NewStagedFile): Promise<StoredFileFacts> => {
  const { workspaceId, staged, days, quota = workspaceQuota() } = file;
  try {
    const { found, details } = await inspect(safeFileName(file.name), staged);
    const row = {
      id: `file_${randomBytes(18).toString("base64url")}`,
      workspaceId,
      name: found.name,
      mediaType: found.mediaType,
      size: staged.size,
      sha256: staged.sha256,
      details,
      expiresAt: days === undefined ? null : new Date(Date.now() + days * 86_400_000),
    };
    await keep(database, row, staged, quota);
    return { file: asReference(row), claimed: found.claimed };
  } finally {
    await dropStaged(staged.path);
  }
};

interface Inspected {
  readonly found: FoundType;
  readonly details: Readonly<Record<string, number>>;
}

const inspect = async (name: string, { path, size }: StagedFile): Promise<Inspected> => {
  if (size === 0) throw new FileRefusal("file-empty", `"${name}" is empty.`, "Send a file with something in it.");
  const found = await findMediaType(path, name);
  const most = isImage(found) ? fileLimits.imageBytes : isAudio(found) ? fileLimits.audioBytes : fileLimits.otherBytes;
  if (size > most) throw tooLarge(found.name, most);
  const details =
    isImage(found) && unreadableImage(name, found.mediaType) === null ? await measureImage(path, name) : {};
  return { found, details: { ...details } };
};

type NewRow = Parameters<typeof objectKey>[0] & {
  readonly id: string;
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
  readonly details: Readonly<Record<string, number>>;
  readonly expiresAt: Date | null;
};

/** Bytes first, then the row: a reference never points at nothing. Alone in its workspace, so that two files that each fit do not fit together. */
const keep = (database: Database, row: NewRow, staged: StagedFile, quota: number): Promise<void> =>
  withFileLock(database, row.workspaceId, async () => {
    await refuseBeyondQuota(database, row, quota);
    const key = objectKey(row);
    const { store } = fileStorageOf(database);
    if ((await store.stat(key))?.size !== row.size) await store.put(key, staged);
    await database.prisma.storedFile.create({ data: row }).catch(async (error: unknown) => {
      await deleteUnused(database, row);
      throw error;
    });
  });

const refuseBeyondQuota = async (
  { prisma }: Database,
  { workspaceId, size }: Pick<NewRow, "workspaceId" | "size">,
  quota: number,
): Promise<void> => {
  const { _sum } = await prisma.storedFile.aggregate({ where: { workspaceId }, _sum: { size: true } });
  if ((_sum.size ?? 0) + size <= quota) return;
  throw new FileRefusal(
    "storage-full",
    `The workspace has room for ${sizeInWords(quota)} of files, and this one does not fit in any more.`,
    "Remove files that are no longer needed, in the settings.",
  );
};

/** Deletes the bytes that no row names any more. Call it under the lock of their workspace. */
export const deleteUnused = async (database: Database, row: Parameters<typeof objectKey>[0]): Promise<void> => {
  const { workspaceId, sha256 } = row;
  const left = await database.prisma.storedFile.count({ where: { workspaceId, sha256 } });
  if (left === 0) await fileStorageOf(database).store.delete(objectKey(row));
};
