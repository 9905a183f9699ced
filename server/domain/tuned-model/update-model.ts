import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { updateInput } from "./tuned-model.types";
import { findModel } from "./version-row";

/** Name and description; the slug stays, since steps call the model by it. */
export const updateTunedModel = editorProcedure.input(updateInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  const { id } = await findModel(database, workspaceId, input.id);
  await database.prisma.$transaction(async (prisma) => {
    await prisma.tunedModel.update({
      where: { id, workspaceId },
      data: {
        ...(input.name !== undefined && { name: input.name }),
        ...(input.description !== undefined && { description: input.description }),
      },
    });
    await recordAudit({ prisma }, { member, action: "tuned-model.update", subject: `tuned-model:${id}` });
  });
  return { id };
});
