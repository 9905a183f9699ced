import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { findBase } from "./find-base";
import { updateInput } from "./knowledge.types";

export const updateBase = editorProcedure.input(updateInput).mutation(async ({ ctx, input: { id, ...data } }) => {
  const { database, workspaceId, member } = ctx;
  await findBase(database, workspaceId, id);
  await database.prisma.$transaction(async (prisma) => {
    const changed = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
    await prisma.knowledgeBase.update({ where: { id }, data: changed });
    await recordAudit(
      { prisma },
      { member, action: "knowledge.update", subject: `knowledge-base:${id}`, data: changed },
    );
  });
  return { id };
});
