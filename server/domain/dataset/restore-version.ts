import { z } from "zod";
import { canonicalJson } from "@/runtime/graph/hash";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { notFound } from "@/server/platform/guard/application-error";
import { identifier } from "@/server/platform/guard/identifier";
import { editorProcedure, viewerProcedure } from "@/server/platform/trpc/procedures";
import { changeDataset } from "./change-dataset";
import { insertInto } from "./insert-rows";
import { loadVersionRows } from "./load-version-rows";
import { readAllRows } from "./read-all-rows";

const input = z.strictObject({ id: identifier, versionId: identifier });

/** How the rows now differ from a version, by the ids of rows. */
export const diffVersion = viewerProcedure.input(input).query(async ({ ctx, input: { id, versionId } }) => {
  const { database, workspaceId } = ctx;
  const version = await database.prisma.datasetVersion.findFirst({
    where: { id: versionId, datasetId: id, workspaceId },
  });
  if (version === null) throw notFound("version of a dataset");
  const [then, now] = await Promise.all([
    loadVersionRows(database, workspaceId, versionId),
    readAllRows(database, workspaceId, id),
  ]);
  const before = new Map(then.rows.map((row) => [row.id, canonicalJson(row)]));
  const after = new Map(now.rows.map((row) => [row.id, canonicalJson(row)]));
  return {
    added: [...after.keys()].filter((row) => !before.has(row)).length,
    removed: [...before.keys()].filter((row) => !after.has(row)).length,
    changed: [...after].filter(([row, text]) => before.has(row) && before.get(row) !== text).length,
  };
});

/** Makes the rows those of a version again, with their ids, their labels and the runs they came from, as far as these are still known. What is there now is kept as a version first by whoever wants it: the caller saves before. */
export const restoreVersion = editorProcedure.input(input).mutation(async ({ ctx, input: { id, versionId } }) => {
  const { database, workspaceId, member } = ctx;
  const version = await database.prisma.datasetVersion.findFirst({
    where: { id: versionId, datasetId: id, workspaceId },
    select: { number: true },
  });
  if (version === null) throw notFound("version of a dataset");
  const { columns, rows } = await loadVersionRows(database, workspaceId, versionId);
  await changeDataset(database, workspaceId, id, async (prisma) => {
    const [dataset] = await prisma.dataset.updateManyAndReturn({
      where: { id, workspaceId },
      data: { columns: columns as object[] },
    });
    if (dataset === undefined) throw notFound("dataset");
    const own = { datasetId: id, workspaceId };
    const runs = await prisma.datasetRow.findMany({
      where: { ...own, runId: { not: null } },
      select: { id: true, runId: true },
    });
    const runOf = new Map(runs.map((row) => [row.id, row.runId]));
    const kept = new Set(rows.map((row) => row.id));
    const labels = await prisma.datasetLabel.findMany({ where: own });
    await prisma.datasetRow.deleteMany({ where: own });
    await insertInto(
      prisma,
      dataset,
      rows.map((row) => ({ ...row, runId: runOf.get(row.id) ?? null })),
    );
    await prisma.datasetLabel.createMany({ data: labels.filter(({ rowId }) => kept.has(rowId)) });
    await prisma.datasetVersion.updateMany({
      where: { id: versionId, ...own },
      data: { datasetRevision: dataset.revision },
    });
  });
  await recordAudit(database, {
    member,
    action: "dataset.restore",
    subject: `dataset:${id}`,
    data: { number: version.number },
  });
  return { number: version.number };
});
