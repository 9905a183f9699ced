import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { setStageInput } from "./tuned-model.types";
import { findVersion, versionItem } from "./version-row";

/**
 * Moves a version to another stage. A model has one production version: the former one goes to the archive, from where it comes back by the same call,
 * which is how a roll-back is done. What calls `<model>@production` gets the new one with its next call.
 */
export const setStage = editorProcedure.input(setStageInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  const found = await findVersion(database, workspaceId, input.id);
  return database.prisma.$transaction(async (prisma) => {
    // The row of the model is the lock: two at once would leave two in production.
    await prisma.tunedModel.update({ where: { id: found.tunedModelId }, data: { updatedAt: new Date() } });
    const former =
      input.stage === "production"
        ? await prisma.tunedModelVersion.updateManyAndReturn({
            where: { tunedModelId: found.tunedModelId, stage: "production", id: { not: found.id } },
            data: { stage: "archived" },
            select: { number: true },
          })
        : [];
    const version = await prisma.tunedModelVersion.update({ where: { id: found.id }, data: { stage: input.stage } });
    await recordAudit(
      { prisma },
      {
        member,
        action: "tuned-model.stage",
        subject: `tuned-model:${found.tunedModelId}`,
        data: { version: found.number, from: found.stage, to: input.stage, replaced: former[0]?.number ?? null },
      },
    );
    return { ...versionItem(version), replaced: former[0]?.number ?? null };
  });
});
