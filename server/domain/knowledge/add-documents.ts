import { Prisma } from "@/generated/prisma/client";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError } from "@/server/platform/guard/application-error";
import type { Member } from "@/server/platform/guard/member";
import { startIndexing } from "./index/start-indexing";
import { type AddReply, knowledgeLimits, type Metadata } from "./knowledge.types";

export interface NewDocument {
  readonly name: string;
  readonly mediaType: string;
  readonly fileId: string | null;
  readonly contentHash: string;
  readonly size: number;
  readonly text: string | null;
  readonly metadata: Metadata;
}

/** Writes documents down and has them indexed. What the base has already, by content, is left out and named. */
export const addDocuments = async (
  database: Database,
  member: Member,
  knowledgeBaseId: string,
  documents: readonly NewDocument[],
): Promise<AddReply> => {
  const { prisma } = database;
  const { workspaceId, userId } = member;
  if (
    (await prisma.knowledgeDocument.count({ where: { knowledgeBaseId } })) + documents.length >
    knowledgeLimits.documents
  ) {
    throw new ApplicationError(
      "BAD_REQUEST",
      `A knowledge base holds at most ${knowledgeLimits.documents} documents.`,
      {
        reason: "limit-reached",
        hint: "Make another knowledge base for them.",
      },
    );
  }
  const duplicates: string[] = [];
  for (const document of documents) {
    const isNew = await prisma.knowledgeDocument
      .create({ data: { ...document, workspaceId, knowledgeBaseId }, select: { id: true } })
      .then(() => true)
      .catch((error: unknown) => {
        if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") return false;
        throw error;
      });
    if (!isNew) duplicates.push(document.name);
  }
  const added = documents.length - duplicates.length;
  if (added === 0) return { jobId: null, duplicates };
  const subject = `knowledge-base:${knowledgeBaseId}` as const;
  await prisma.knowledgeBase.update({ where: { id: knowledgeBaseId }, data: { updatedAt: new Date() } });
  await recordAudit(database, { member, action: "knowledge.add", subject, data: { documents: added } });
  return { jobId: await startIndexing(database, { workspaceId, userId }, knowledgeBaseId), duplicates };
};
