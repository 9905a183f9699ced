import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { byIdInput } from "./dataset.types";
import { freezeDataset } from "./freeze-dataset";

/** Keeps the rows as they are now under a number; the same rows keep theirs. */
export const saveVersion = editorProcedure.input(byIdInput).mutation(async ({ ctx, input: { id } }) => {
  const { database, workspaceId, member } = ctx;
  const version = await freezeDataset(database, workspaceId, id);
  await recordAudit(database, {
    member,
    action: "dataset.save-version",
    subject: `dataset:${id}`,
    data: { number: version.number, rows: version.rowCount },
  });
  return version;
});
