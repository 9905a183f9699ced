import { graphHash as hashOf } from "@/runtime/graph/hash";
import { readDocument } from "@/server/domain/revision/read-document";
import { staleRevision } from "@/server/domain/revision/require-revision";
import { settlePrompts } from "@/server/domain/revision/settle-prompts";
import { settleSubPipelines } from "@/server/domain/revision/settle-sub-pipelines";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { saveInput } from "./pipeline.types";

/**
 * Stores the draft if it is based on what is stored now. The comparison is part of the one UPDATE, so of two saves that are
 * based on the same revision exactly one wins; the other learns what it lost against and keeps its own work. The hash is that of what would run now.
 */
export const savePipeline = editorProcedure.input(saveInput).mutation(async ({ ctx, input }) => {
  const { document, graphHash } = readDocument(input.document);
  const { prisma } = ctx.database;
  const whole = await settleSubPipelines(ctx.database, ctx.workspaceId, input.id, document);
  // A prompt that is not to be had must not keep work from being saved; running or publishing it says so.
  const settled = await settlePrompts(prisma, ctx.workspaceId, whole).catch((error: unknown) => {
    if (error instanceof ApplicationError) return whole;
    throw error;
  });
  const own = { id: input.id, workspaceId: ctx.workspaceId, deletedAt: null };
  const [saved] = await prisma.pipeline.updateManyAndReturn({
    where: { ...own, revision: input.baseRevision },
    data: { document, graphHash, revision: { increment: 1 } },
    select: { revision: true, updatedAt: true },
  });
  if (saved !== undefined) return { ...saved, graphHash: settled === document ? graphHash : hashOf(settled) };
  const conflict = await prisma.pipeline.findFirst({ where: own, select: { revision: true, updatedAt: true } });
  if (conflict === null) throw notFound("pipeline");
  throw staleRevision(conflict, "Load the newer version, or keep yours as a copy.");
});
