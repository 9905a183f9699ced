import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { onRows } from "./on-rows";
import { refuseRows } from "./refuse";
import { loadRows } from "./row-file";
import { cleanInput } from "./training-set.types";
import { findTrainingSet, type StoredFindings, storeTrainingSet, trainingSetView } from "./training-set-row";

/** Takes out what a finding named. Versions trained before keep the hash of the rows they saw. */
export const cleanTrainingSet = editorProcedure.input(cleanInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  const row = await findTrainingSet(database, workspaceId, input.id);
  const before = await loadRows(database, workspaceId, row.fileId);
  const rows = await onRows({ kind: "clean", rows: before, cleaning: input.cleaning });
  if (rows.length === 0) throw refuseRows("Nothing would be left.", "Add rows instead, or correct them in the file.");
  const { leftOut } = row.findings as unknown as StoredFindings;
  const columns = await storeTrainingSet(database, workspaceId, row.name, rows, leftOut);
  const updated = await database.prisma.$transaction(async (prisma) => {
    const changed = await prisma.trainingSet.update({ where: { id: row.id, workspaceId }, data: columns });
    await recordAudit(
      { prisma },
      {
        member,
        action: "training-set.clean",
        subject: `training-set:${row.id}`,
        data: { cleaning: input.cleaning, dropped: before.length - rows.length },
      },
    );
    return changed;
  });
  return { ...trainingSetView(updated), dropped: before.length - rows.length };
});
