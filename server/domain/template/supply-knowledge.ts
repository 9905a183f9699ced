import { storeFile } from "@/server/domain/file/store-file";
import { addDocuments, type NewDocument } from "@/server/domain/knowledge/add-documents";
import { startIndexing } from "@/server/domain/knowledge/index/start-indexing";
import type { Database } from "@/server/platform/db/database";
import type { Member } from "@/server/platform/guard/member";
import type { FileSupply, KnowledgeSupply } from "@/templates/lib/supplies";
import { readAsset } from "./read-asset";
import type { Supplied } from "./supplied";

/** The base made from this supply, as it is now; a new one where there is none. */
export const supplyKnowledge = async (
  database: Database,
  member: Member,
  suppliedBy: string,
  supply: KnowledgeSupply,
): Promise<Supplied> => {
  const { prisma } = database;
  const { workspaceId, userId } = member;
  const known = await prisma.knowledgeBase.findUnique({
    where: { workspaceId_suppliedBy: { workspaceId, suppliedBy } },
    select: { id: true, documents: { where: { status: "waiting" }, select: { id: true }, take: 1 } },
  });
  if (known !== null) {
    // Left behind by a job that was cancelled.
    const isWaiting = known.documents.length > 0;
    return {
      value: known.id,
      jobId: isWaiting ? await startIndexing(database, { workspaceId, userId }, known.id) : null,
    };
  }
  const { id } = await prisma.knowledgeBase.create({
    data: {
      workspaceId,
      name: supply.name,
      suppliedBy,
      ...(supply.chunkSize === undefined ? {} : { chunkSize: supply.chunkSize, chunkOverlap: 0 }),
      ...(supply.chunkBy === undefined ? {} : { chunkBy: supply.chunkBy }),
    },
    select: { id: true },
  });
  const documents: NewDocument[] = [];
  for (const document of supply.documents) documents.push(await newDocument(database, workspaceId, document));
  const { jobId } = await addDocuments(database, member, id, documents);
  return { value: id, jobId };
};

const newDocument = async (
  database: Database,
  workspaceId: string,
  { name, asset }: FileSupply,
): Promise<NewDocument> => {
  const { fileId } = await storeFile(database, { workspaceId, name, bytes: await readAsset(asset) });
  const row = await database.prisma.storedFile.findUniqueOrThrow({ where: { id: fileId } });
  const { mediaType, size, sha256: contentHash } = row;
  return { name, mediaType, fileId, contentHash, size, text: null, metadata: {} };
};
