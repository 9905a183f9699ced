import { notFound } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { addDocuments, type NewDocument } from "./add-documents";
import { findBase } from "./find-base";
import { addFilesInput } from "./knowledge.types";

/** Files that were uploaded before. From now on they are kept until the document is removed. */
export const addFiles = editorProcedure.input(addFilesInput).mutation(async ({ ctx, input: { id, files } }) => {
  const { database, workspaceId, member } = ctx;
  await findBase(database, workspaceId, id);
  const fileIds = files.map(({ fileId }) => fileId);
  const rows = await database.prisma.storedFile.findMany({ where: { workspaceId, id: { in: fileIds } } });
  const documents = files.map(({ fileId, metadata }): NewDocument => {
    const row = rows.find((each) => each.id === fileId);
    if (row === undefined) throw notFound("file");
    const { name, mediaType, size, sha256: contentHash } = row;
    return { name, mediaType, size, contentHash, fileId, metadata, text: null };
  });
  await database.prisma.storedFile.updateMany({
    where: { workspaceId, id: { in: fileIds } },
    data: { expiresAt: null },
  });
  return addDocuments(database, member, id, documents);
});
