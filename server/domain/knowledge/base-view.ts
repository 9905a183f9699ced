import type { KnowledgeBase } from "@/generated/prisma/client";
import type { Database } from "@/server/platform/db/database";
import { resolveEmbeddingModel } from "./embedding-model";
import { cutOf, isStale } from "./find-base";
import { subjectOf } from "./index/subject";
import type { KnowledgeBaseView } from "./knowledge.types";

/** Bases with what a list says of them. */
export const baseViews = async (
  database: Database,
  workspaceId: string,
  bases: readonly KnowledgeBase[],
): Promise<KnowledgeBaseView[]> => {
  const { prisma } = database;
  const ids = bases.map(({ id }) => id);
  const [counts, jobs, defaultModel] = await Promise.all([
    prisma.knowledgeDocument.groupBy({
      by: ["knowledgeBaseId", "status"],
      where: { workspaceId, knowledgeBaseId: { in: ids } },
      _count: true,
    }),
    prisma.job.findMany({
      where: { workspaceId, subject: { in: ids.map(subjectOf) }, status: { in: ["queued", "running"] } },
      select: { id: true, subject: true },
      orderBy: { createdAt: "desc" },
    }),
    resolveEmbeddingModel(database, workspaceId, "default"),
  ]);
  return bases.map((base) => {
    const count = (status?: string): number =>
      counts
        .filter((each) => each.knowledgeBaseId === base.id && (status === undefined || each.status === status))
        .reduce((sum, { _count }) => sum + _count, 0);
    const { by, size, overlap } = cutOf(base);
    return {
      id: base.id,
      name: base.name,
      description: base.description,
      documentCount: count(),
      chunkCount: base.chunkCount,
      waitingCount: count("waiting"),
      failedCount: count("failed"),
      embeddingModel: base.embeddingModel,
      indexedWith: base.indexedWith,
      stale: isStale(base, base.embeddingModel === "default" ? defaultModel : base.embeddingModel),
      updatedAt: base.updatedAt,
      // The oldest: it is the one under way, others wait for it.
      jobId: jobs.findLast(({ subject }) => subject === subjectOf(base.id))?.id ?? null,
      chunkBy: by,
      chunkSize: size,
      chunkOverlap: overlap,
      dimensions: base.dimensions,
    };
  });
};
