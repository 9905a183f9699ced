import { removeFile } from "@/server/domain/file/remove-file";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { findUsage, type ModelUsage } from "./find-usage";
import { byIdInput, type VersionMetrics } from "./tuned-model.types";
import { findModel, findVersion } from "./version-row";

const refuseInUse = (usages: readonly ModelUsage[], what: string): void => {
  if (usages.length === 0) return;
  const names = usages.slice(0, 5).map(({ name }) => `"${name}"`);
  throw new ApplicationError(
    "CONFLICT",
    `This ${what} is used by ${names.join(", ")}${usages.length > 5 ? " and others" : ""}.`,
    {
      reason: "in-use",
      hint: "Give those pipelines another model first.",
    },
  );
};

/** Weights and predictions go with their versions. Their rows are gone by then, so a crash here leaves files, never a version without. */
const removeFiles = async (
  database: Database,
  workspaceId: string,
  versions: readonly { readonly weightsFileId: string | null; readonly metrics: unknown }[],
): Promise<void> => {
  for (const { weightsFileId, metrics } of versions) {
    const { predictionsFileId } = metrics as VersionMetrics;
    for (const fileId of [weightsFileId, predictionsFileId])
      if (fileId) await removeFile(database, workspaceId, fileId);
  }
};

export const removeTunedModel = editorProcedure.input(byIdInput).mutation(async ({ ctx, input: { id } }) => {
  const { database, workspaceId, member } = ctx;
  const model = await findModel(database, workspaceId, id);
  refuseInUse(await findUsage(database, workspaceId, model.slug), "model");
  const versions = await database.prisma.tunedModelVersion.findMany({ where: { tunedModelId: id, workspaceId } });
  await database.prisma.$transaction(async (prisma) => {
    await prisma.tunedModel.deleteMany({ where: { id, workspaceId } });
    await recordAudit(
      { prisma },
      { member, action: "tuned-model.remove", subject: `tuned-model:${id}`, data: { name: model.name } },
    );
  });
  await removeFiles(database, workspaceId, versions);
  return { id };
});

/** References that lead to this version: its number, and its stage. */
const leadsHere = (usages: readonly ModelUsage[], slug: string, number: number, stage: string): ModelUsage[] =>
  usages.filter(({ references }) =>
    references.some((each) => each === `${slug}@${number}` || each === `${slug}@${stage}`),
  );

const isLastOfStage = async (
  { prisma }: Database,
  tunedModelId: string,
  id: string,
  stage: "draft" | "staging" | "production" | "archived",
) => (await prisma.tunedModelVersion.count({ where: { tunedModelId, stage, id: { not: id } } })) === 0;

export const removeVersion = editorProcedure.input(byIdInput).mutation(async ({ ctx, input: { id } }) => {
  const { database, workspaceId, member } = ctx;
  const version = await findVersion(database, workspaceId, id);
  const { tunedModel, tunedModelId, number, stage } = version;
  const usages = await findUsage(database, workspaceId, tunedModel.slug);
  const byStage = (await isLastOfStage(database, tunedModelId, id, stage)) ? stage : "";
  refuseInUse(leadsHere(usages, tunedModel.slug, number, byStage), "version");
  await database.prisma.$transaction(async (prisma) => {
    await prisma.tunedModelVersion.deleteMany({ where: { id, workspaceId } });
    await recordAudit(
      { prisma },
      {
        member,
        action: "tuned-model.remove-version",
        subject: `tuned-model:${tunedModelId}`,
        data: { version: number },
      },
    );
  });
  await removeFiles(database, workspaceId, [version]);
  return { id };
});
