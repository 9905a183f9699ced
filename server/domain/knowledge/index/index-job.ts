import { z } from "zod";
import type { KnowledgeBase } from "@/generated/prisma/client";
import { isNodeFailure } from "@/runtime/node/node-failure";
import { resolveEmbeddingModel } from "@/server/domain/knowledge/embedding-model";
import { buildState, cutOf, cutSettings } from "@/server/domain/knowledge/find-base";
import type { Database } from "@/server/platform/db/database";
import { defineJob } from "@/server/platform/job/define-job";
import { JobFailure } from "@/server/platform/job/job-failure";
import { abandonBase, claimBase, leaveBase } from "./claim-base";
import { DocumentFailure } from "./document-failure";
import type { IndexCall } from "./index-call";
import { type IndexTarget, indexDocument } from "./index-document";
import { putInUse } from "./put-in-use";
import { learnSizes } from "./vector-index";
import { removeChunks } from "./write-chunks";

/**
 * Builds the generation that was asked for, if one was, and then indexes what waits in a base, document by document. A document that fails keeps the
 * reason, and the next one has its turn. Taken up again after a crash it goes on with the document it was at.
 */
export const indexJob = defineJob({
  kind: "knowledge/index",
  input: z.strictObject({ knowledgeBaseId: z.string() }),
  run: async ({ input: { knowledgeBaseId }, jobId, ...call }) => {
    const { database } = call;
    if (!(await claimBase(database, knowledgeBaseId, jobId))) return { indexed: 0, failed: 0 };
    const counts = { indexed: 0, failed: 0 };
    try {
      do {
        await buildNext(call, knowledgeBaseId, counts);
        await indexWaiting(call, knowledgeBaseId, counts);
      } while (
        !(await leaveBase(database, knowledgeBaseId, jobId)) &&
        (await baseOf(database, knowledgeBaseId)) !== null
      );
      await learnSizes(database);
      return counts;
    } catch (error) {
      await abandonBase(database, knowledgeBaseId, jobId);
      throw error;
    }
  },
});

interface Counts {
  indexed: number;
  failed: number;
}

const baseOf = ({ prisma }: Database, id: string): Promise<KnowledgeBase | null> =>
  prisma.knowledgeBase.findUnique({ where: { id } });

/** New documents go into the generation in use, made as that was made: a search compares like with like. */
const indexWaiting = async (call: IndexCall, knowledgeBaseId: string, counts: Counts): Promise<void> => {
  for (;;) {
    call.signal.throwIfAborted();
    const base = await baseOf(call.database, knowledgeBaseId);
    const document = await call.database.prisma.knowledgeDocument.findFirst({
      where: { knowledgeBaseId, status: "waiting" },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      select: { id: true },
    });
    if (base === null || document === null) return;
    await tryDocument(call, await targetInUse(call, base), document, counts);
  }
};

const targetInUse = async ({ database }: IndexCall, base: KnowledgeBase): Promise<IndexTarget> => {
  const model = base.indexedWith ?? (await resolveEmbeddingModel(database, base.workspaceId, base.embeddingModel));
  if (model === null) {
    throw new JobFailure("model-unknown", "No default embedding model is set. Choose one on the models page.");
  }
  const cut = cutSettings.safeParse(base.indexedAs);
  return { knowledgeBaseId: base.id, generation: base.generation, model, ...(cut.success ? cut.data : cutOf(base)) };
};

/** What concerns one document is written down with it. A model that cannot be had concerns all: it ends the job, and the documents wait. */
const tryDocument = async (
  call: IndexCall,
  target: IndexTarget,
  { id }: { readonly id: string },
  counts: Counts,
): Promise<void> => {
  try {
    await indexDocument(call, target, id);
    counts.indexed += 1;
  } catch (error) {
    call.signal.throwIfAborted();
    // Somebody removed it meanwhile: nothing of it was written, and nothing has to be said.
    if ((await call.database.prisma.knowledgeDocument.count({ where: { id } })) === 0) return;
    const failure = failureOf(error);
    if (failure === null) throw error;
    counts.failed += 1;
    // What was written before it failed must not be found.
    await removeChunks(call.database, id, target.generation);
    await call.database.prisma.knowledgeDocument.updateMany({
      where: { id },
      data: { status: "failed", errorCode: failure.code, errorMessage: failure.message.slice(0, 1_000) },
    });
  }
};

const failureOf = (error: unknown): { readonly code: string; readonly message: string } | null => {
  if (error instanceof DocumentFailure) return error;
  if (isNodeFailure(error) && (error.code === "file-missing" || error.code === "file-invalid")) return error;
  return null;
};

/** Builds the next generation beside the one in use, and puts it in use when it is whole. */
const buildNext = async (call: IndexCall, knowledgeBaseId: string, counts: Counts): Promise<void> => {
  const { database, signal } = call;
  for (;;) {
    signal.throwIfAborted();
    const base = await baseOf(database, knowledgeBaseId);
    if (base === null || base.building === null) return;
    const build = buildState.parse(base.building);
    const document = await database.prisma.knowledgeDocument.findFirst({
      where: {
        knowledgeBaseId,
        status: { in: ["indexed", "waiting"] },
        OR: [{ builtGeneration: null }, { builtGeneration: { lt: build.generation } }],
      },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      select: { id: true },
    });
    if (document === null) {
      await putInUse(database, base, build);
      return;
    }
    await tryDocument(call, { knowledgeBaseId, ...build }, document, counts);
  }
};
