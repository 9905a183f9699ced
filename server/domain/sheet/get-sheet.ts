import { jobStatuses } from "@/server/domain/experiment/experiment-item";
import { notFound } from "@/server/platform/guard/application-error";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { partsOf } from "./find-sheet";
import { byIdInput, type RowOutcome, rowOutcomes, type SheetView } from "./sheet.types";
import { itemFields, sheetItem } from "./sheet-item";

interface Count {
  readonly outcome: RowOutcome;
  readonly count: number;
  readonly doubtful: number;
}

export const getSheet = viewerProcedure.input(byIdInput).query(async ({ ctx, input: { id } }): Promise<SheetView> => {
  const { database, workspaceId } = ctx;
  const row = await database.prisma.sheet.findFirst({
    where: { id, workspaceId },
    select: { ...itemFields, revisionId: true, outputs: true, spentMicroUsd: true, uncostedRuns: true },
  });
  if (row === null) throw notFound("sheet");
  const [statuses, revision, found] = await Promise.all([
    jobStatuses(database, workspaceId, [row]),
    database.prisma.revision.findFirst({ where: { id: row.revisionId, workspaceId }, select: { number: true } }),
    database.query<Count>(
      `SELECT "outcome", count(*)::int AS "count", count("reply") FILTER (WHERE "outcome" = 'success')::int AS "doubtful"
       FROM "SheetRow" WHERE "sheetId" = $1 AND "outcome" IS NOT NULL GROUP BY "outcome"`,
      [id],
    ),
  ]);
  const { columns, mapping, fixed } = partsOf(row);
  return {
    ...sheetItem(row, statuses),
    revisionNumber: revision?.number ?? null,
    columns: columns.map(({ name }) => name),
    outputs: row.outputs,
    fed: Object.entries(mapping).map(([name, place]) => ({ input: name, column: columns[place]?.name ?? "" })),
    fixed: Object.keys(fixed),
    counts: Object.fromEntries(
      rowOutcomes.map((outcome) => [outcome, found.find((each) => each.outcome === outcome)?.count ?? 0]),
    ) as Record<RowOutcome, number>,
    doubtful: found.find(({ outcome }) => outcome === "success")?.doubtful ?? 0,
    spentMicroUsd: Number(row.spentMicroUsd),
    uncostedRuns: row.uncostedRuns,
  };
});
