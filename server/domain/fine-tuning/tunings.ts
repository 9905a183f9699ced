import { removeFile } from "@/server/domain/file/remove-file";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { editorProcedure, viewerProcedure } from "@/server/platform/trpc/procedures";
import {
  byIdInput,
  manyInput,
  type TuningItem,
  type TuningResult,
  type TuningView,
  tuningLimits,
} from "./fine-tuning.types";
import { findTuning, tuningItem, tuningView } from "./tuning-row";

/** Newest first. */
export const listTunings = viewerProcedure.query(async ({ ctx }): Promise<TuningItem[]> => {
  const { database, workspaceId } = ctx;
  const rows = await database.prisma.tuning.findMany({
    where: { workspaceId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: tuningLimits.tunings,
  });
  return rows.map(tuningItem);
});

export const getTuning = viewerProcedure
  .input(byIdInput)
  .query(
    async ({ ctx, input }): Promise<TuningView> =>
      tuningView(await findTuning(ctx.database, ctx.workspaceId, input.id)),
  );

/** Several in the order asked for, to be laid over each other. */
export const compareTunings = viewerProcedure.input(manyInput).query(async ({ ctx, input }): Promise<TuningView[]> => {
  const { database, workspaceId } = ctx;
  const rows = await database.prisma.tuning.findMany({ where: { workspaceId, id: { in: input.ids } } });
  return input.ids.map((id) => {
    const row = rows.find((each) => each.id === id);
    if (row === undefined) throw notFound("training");
    return tuningView(row);
  });
});

/** Forgets an ended training and its rows. A version that came of it stays, with its files. */
export const removeTuning = editorProcedure.input(byIdInput).mutation(async ({ ctx, input: { id } }) => {
  const { database, workspaceId, member } = ctx;
  const tuning = await findTuning(database, workspaceId, id);
  if (tuning.status === "queued" || tuning.status === "running") {
    throw new ApplicationError("CONFLICT", "This training has not ended.", {
      reason: "in-use",
      hint: "Cancel it first.",
    });
  }
  const others = await database.prisma.tuning.count({
    where: { workspaceId, rowsFileId: tuning.rowsFileId, id: { not: id } },
  });
  await database.prisma.tuning.deleteMany({ where: { id, workspaceId } });
  await recordAudit(database, {
    member,
    action: "tuning.remove",
    subject: `tuning:${id}`,
    data: { name: tuning.name },
  });
  // Trainings that were made again share their rows; the weights belong to the version.
  const { artifacts = [] } = (tuning.result ?? {}) as Partial<TuningResult>;
  const version =
    tuning.versionId === null
      ? null
      : await database.prisma.tunedModelVersion.findFirst({ where: { id: tuning.versionId, workspaceId } });
  const files = artifacts.flatMap(({ fileId }) =>
    fileId === null || fileId === version?.weightsFileId ? [] : [fileId],
  );
  for (const fileId of [...files, ...(others === 0 ? [tuning.rowsFileId] : [])])
    await removeFile(database, workspaceId, fileId);
  return { id };
});
