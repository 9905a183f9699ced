import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { notFound } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { forgetLearningInput } from "./endpoint.types";
import { endpointsChanged } from "./workspace-gateway";

/** Asks a model in the common form again, as if nothing had been learnt of it: after an upgrade of its server. */
export const forgetLearning = editorProcedure.input(forgetLearningInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  const { id, model } = input;
  await database.prisma.$transaction(async (prisma) => {
    const row = await prisma.modelEndpoint.findFirst({ where: { id, workspaceId } });
    if (row === null) throw notFound("endpoint");
    await prisma.modelLearning.deleteMany({ where: { endpointId: id, model } });
    await prisma.modelEndpoint.update({ where: { id }, data: { updatedAt: new Date() } });
    const record = { slug: row.slug, model };
    await recordAudit({ prisma }, { member, action: "endpoint.forget", subject: `endpoint:${id}`, data: record });
  });
  await endpointsChanged(workspaceId);
  return { id };
});
