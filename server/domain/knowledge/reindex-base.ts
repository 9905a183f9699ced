import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { resolveEmbeddingModel } from "./embedding-model";
import { type BuildState, buildState, cutOf, findBase } from "./find-base";
import { startIndexing } from "./index/start-indexing";
import { byIdInput } from "./knowledge.types";

/** Has all documents indexed anew as the base is set now, beside the index in use, which is searched until then. Failed ones are tried again. */
export const reindexBase = editorProcedure.input(byIdInput).mutation(async ({ ctx, input: { id } }) => {
  const { database, workspaceId, member } = ctx;
  const base = await findBase(database, workspaceId, id);
  const model = await resolveEmbeddingModel(database, workspaceId, base.embeddingModel);
  if (model === null) {
    throw new ApplicationError("BAD_REQUEST", "No default embedding model is set.", {
      reason: "input-invalid",
      hint: "Choose a default on the models page, or a model in the settings of the knowledge base.",
    });
  }
  const started = buildState.safeParse(base.building);
  const generation = Math.max(base.generation, started.success ? started.data.generation : 0) + 1;
  const building: BuildState = { generation, model, ...cutOf(base) };
  await database.prisma.$transaction(async (prisma) => {
    await prisma.knowledgeBase.update({ where: { id }, data: { building } });
    await prisma.knowledgeDocument.updateMany({
      where: { knowledgeBaseId: id, status: "failed" },
      data: { status: "waiting", errorCode: null, errorMessage: null },
    });
    const subject = `knowledge-base:${id}` as const;
    await recordAudit({ prisma }, { member, action: "knowledge.reindex", subject, data: { model } });
  });
  return { jobId: await startIndexing(database, { workspaceId, userId: member.userId }, id) };
});
