import { z } from "zod";
import type { DatasetColumn } from "@/runtime/eval/contract/dataset-row";
import { inTurns } from "@/runtime/node/steps";
import { tableOptions } from "@/runtime/table/table-options";
import { previewTaken, type TakenPreview } from "@/server/domain/table/table-preview";
import { readTable, readTableToKeep, refuseTable, tableSource } from "@/server/domain/table/table-source";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { identifier } from "@/server/platform/guard/identifier";
import { lineOfText } from "@/server/platform/guard/storable";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { changeDataset, type Transaction } from "./change-dataset";
import { makeDataset } from "./create-dataset";
import { columnsInput } from "./dataset-columns";
import { datasetLimits } from "./dataset-limits";
import { insertInto } from "./insert-rows";
import {
  guessTableMapping,
  type LeftOutRows,
  type MappedColumn,
  mapTableSteps,
  mostTableColumns,
  tableMapping,
} from "./map-table";
import { columnsOf } from "./row-of";

const sampleRows = 20;
const sampleCharacters = 300;

export interface TablePreview {
  readonly columns: readonly string[];
  readonly rowCount: number;
  /** First rows, long cells cut. */
  readonly sample: readonly (readonly string[])[];
  readonly mapping: readonly MappedColumn[];
  readonly taken: TakenPreview;
}

const gridLimits = {
  rows: datasetLimits.rows,
  columns: mostTableColumns,
  cellLength: datasetLimits.cellCharacters,
} as const;

/** What a table holds and what its columns would become, before anything is stored. */
export const previewTable = editorProcedure
  .input(z.strictObject({ source: tableSource, options: tableOptions.default({}) }))
  .mutation(async ({ ctx, input }): Promise<TablePreview> => {
    const { database, workspaceId } = ctx;
    const { source, options } = input;
    const table = await readTable(database, workspaceId, source, options, gridLimits);
    return {
      columns: table.columns,
      rowCount: table.rows.length,
      sample: table.rows.slice(0, sampleRows).map((row) => row.map((cell) => cell.slice(0, sampleCharacters))),
      mapping: guessTableMapping(table),
      taken: await previewTaken(database, workspaceId, source, table, options.encoding !== undefined),
    };
  });

const importInput = z.strictObject({
  /** The dataset that the rows are added to, or the name of a new one. */
  into: z.union([
    z.strictObject({ id: identifier }),
    z.strictObject({ name: lineOfText(datasetLimits.nameCharacters) }),
  ]),
  source: tableSource,
  /** How the table is taken; what is left out is guessed. */
  options: tableOptions.default({}),
  mapping: tableMapping,
});

/** The columns of a dataset with those of a table; a name that has another role or kind is refused. */
const joined = (have: readonly DatasetColumn[], more: readonly DatasetColumn[]): DatasetColumn[] => {
  const all = [...have];
  for (const column of more) {
    const known = all.find(({ name }) => name === column.name);
    if (known === undefined) all.push(column);
    else if (known.role !== column.role || known.kind !== column.kind)
      throw refuseTable(
        `The dataset has a column "${column.name}" already, as ${known.role} of kind ${known.kind}.`,
        "Give the column another name, or map it the same way.",
      );
  }
  return columnsInput.parse(all);
};

/** Takes the rows of a table into a dataset, a new one or one that is there. Says what was left out and why. */
export const importRows = editorProcedure
  .input(importInput)
  .mutation(async ({ ctx, input }): Promise<{ id: string; rows: number; leftOut: readonly LeftOutRows[] }> => {
    const { database, workspaceId, member } = ctx;
    const table = await readTableToKeep(database, workspaceId, input.source, input.options, gridLimits);
    if (input.mapping.length !== table.columns.length)
      throw refuseTable("The mapping does not fit the table.", "Read the table again.");
    const { columns, rows, leftOut } = await inTurns(mapTableSteps(table, input.mapping));
    const names = columns.map(({ name }) => name);
    const twice = names.find((name, place) => names.indexOf(name) !== place);
    if (twice !== undefined) throw refuseTable(`Two columns are called "${twice}".`, "Give one of them another name.");
    if (!columns.some(({ role }) => role === "input"))
      throw refuseTable("No column is an input.", "Choose at least one column that the pipeline is given.");
    if (rows.length === 0)
      throw refuseTable(
        "No row of the table can be taken.",
        "Look at the kinds of the columns: text takes everything.",
      );
    const { into } = input;
    const fill = async (prisma: Transaction, id: string) => {
      const [dataset] = await prisma.dataset.updateManyAndReturn({
        where: { id, workspaceId },
        data: {
          columns: joined(
            columnsOf(await prisma.dataset.findFirstOrThrow({ where: { id, workspaceId } })),
            columns,
          ) as object[],
        },
      });
      if (dataset !== undefined) await insertInto(prisma, dataset, rows);
    };
    const id =
      "id" in into
        ? into.id
        : await database.prisma.$transaction(async (prisma) => {
            const dataset = await makeDataset({ prisma }, workspaceId, { name: into.name, columns });
            return dataset.id;
          });
    try {
      await changeDataset(database, workspaceId, id, (prisma) => fill(prisma, id));
    } catch (error) {
      // A dataset made for rows that then did not fit is of no use to anybody.
      if (!("id" in into)) await database.prisma.dataset.deleteMany({ where: { id, workspaceId } });
      throw error;
    }
    await recordAudit(database, {
      member,
      action: "dataset.import",
      subject: `dataset:${id}`,
      data: { rows: rows.length, source: input.source.kind },
    });
    return { id, rows: rows.length, leftOut };
  });
