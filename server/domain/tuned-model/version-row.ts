import type { TunedModelVersion } from "@/generated/prisma/client";
import type { Database } from "@/server/platform/db/database";
import { notFound } from "@/server/platform/guard/application-error";
import type { VersionData, VersionItem, VersionMetrics, VersionView } from "./tuned-model.types";

export const findModel = async ({ prisma }: Database, workspaceId: string, id: string) => {
  const row = await prisma.tunedModel.findFirst({ where: { id, workspaceId } });
  if (row === null) throw notFound("model");
  return row;
};

export const findVersion = async ({ prisma }: Database, workspaceId: string, id: string) => {
  const row = await prisma.tunedModelVersion.findFirst({ where: { id, workspaceId }, include: { tunedModel: true } });
  if (row === null) throw notFound("version");
  return row;
};

export const versionItem = (row: TunedModelVersion): VersionItem => {
  const metrics = row.metrics as unknown as VersionMetrics;
  return {
    id: row.id,
    number: row.number,
    stage: row.stage,
    base: row.base,
    method: row.method,
    servedAs: row.servedAs,
    createdAt: row.createdAt,
    notes: row.notes,
    data: row.data as unknown as VersionData,
    accuracy: metrics.accuracy ?? null,
    macroF1: metrics.macroF1 ?? null,
  };
};

export const versionView = (row: TunedModelVersion): VersionView => ({
  ...versionItem(row),
  parameters: row.parameters as VersionView["parameters"],
  metrics: row.metrics as unknown as VersionMetrics,
});

/** The number that the next version gets; called inside the transaction that writes it. */
export const nextNumber = async (
  prisma: Pick<Database["prisma"], "tunedModelVersion">,
  tunedModelId: string,
): Promise<number> => {
  const { _max } = await prisma.tunedModelVersion.aggregate({ where: { tunedModelId }, _max: { number: true } });
  return (_max.number ?? 0) + 1;
};
