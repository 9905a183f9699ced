import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import type { Database } from "@/server/platform/db/database";
import { fileStorageOf } from "@/server/platform/object-store/file-storage";
import type { ByteRange } from "@/server/platform/object-store/object-store";
import { fileMissing } from "./file-refusal";
import { type FileRow, fileFields, objectKey } from "./file-row";

/** What is known of a file of this workspace; null where it has none such, or none any more. */
export const findFile = (database: Database, workspaceId: string, fileId: string): Promise<FileRow | null> =>
  database.prisma.storedFile.findFirst({ where: { id: fileId, workspaceId }, select: fileFields });

/** The bytes of a file, or a part of them, as they come. Throws `FileRefusal` where they are gone. */
export const openFile = async (database: Database, row: FileRow, range?: ByteRange): Promise<Readable> => {
  const stream = await fileStorageOf(database).store.get(objectKey(row), range);
  if (stream === null) throw fileMissing();
  return stream;
};

/** A whole file of this workspace. Throws `FileRefusal` ("file-missing") for one that is gone or belongs to another. */
export const readFile = async (database: Database, workspaceId: string, fileId: string): Promise<Uint8Array> => {
  const row = await findFile(database, workspaceId, fileId);
  if (row === null) throw fileMissing();
  return buffer(await openFile(database, row));
};
