import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { notFound } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { byIdInput } from "./training-set.types";

/** The rows go; versions that learnt from them stay, with the hash of what they saw. */
export const removeTrainingSet = editorProcedure.input(byIdInput).mutation(async ({ ctx, input: { id } }) => {
  const { database, workspaceId, member } = ctx;
  await database.prisma.$transaction(async (prisma) => {
    const { count } = await prisma.trainingSet.deleteMany({ where: { id, workspaceId } });
    if (count === 0) throw notFound("training set");
    await recordAudit({ prisma }, { member, action: "training-set.remove", subject: `training-set:${id}` });
  });
  return { id };
});
