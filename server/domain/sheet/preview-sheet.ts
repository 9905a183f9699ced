import type { InputField } from "@/runtime/node/define-node";
import type { ImportedTable } from "@/runtime/table/import-table";
import type { TableOptions } from "@/runtime/table/table-options";
import { parallel, usualRun } from "@/server/domain/experiment/forecast-experiment";
import { draftToRun } from "@/server/domain/run/draft-to-run";
import { previewTaken } from "@/server/domain/table/table-preview";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { guessMapping } from "./guess-mapping";
import { readSheet } from "./read-sheet";
import { takesCells } from "./row-inputs";
import { previewInput, type SheetForecast, type SheetPreview } from "./sheet.types";
import { sheetLimits } from "./sheet-limits";

const sampleRows = 5;
const sampleCharacters = 200;

/** A first row that names the pipeline's inputs is a header, whatever else it looks like. */
const readWithHeader = async (
  fields: readonly InputField[],
  options: TableOptions,
  read: (options: TableOptions) => Promise<ImportedTable>,
): Promise<ImportedTable> => {
  const table = await read(options);
  const { headerRows, layout } = table.taken.options;
  const isSaid = options.headerRows !== undefined || headerRows !== 0 || layout === "pairs" || table.rows.length < 2;
  const { mapping, unsure } = guessMapping(fields, table.rows[0] ?? []);
  if (isSaid || Object.keys(mapping).length === unsure.length) return table;
  return read({ ...options, headerRows: 1 });
};

/** What a sheet holds, which column would feed which input, and what all rows would take, before anything is stored or run. */
export const previewSheet = editorProcedure
  .input(previewInput)
  .mutation(async ({ ctx, input }): Promise<SheetPreview> => {
    const { database, workspaceId } = ctx;
    const { pipelineId, variants, source, options } = input;
    const { plan } = await draftToRun(database, workspaceId, { pipelineId, variants, overrides: [] });
    const table = await readWithHeader(plan.inputFields, options, (tried) =>
      readSheet(database, workspaceId, { source, options: tried }, { toKeep: false }),
    );
    const { columns, rows } = table;
    const [usual, atOnce, taken] = await Promise.all([
      usualRun(database, workspaceId, pipelineId),
      parallel(database, workspaceId, sheetLimits.concurrency),
      previewTaken(database, workspaceId, source, table, options.encoding !== undefined),
    ]);
    const forecast: SheetForecast = {
      basedOn: usual.runs,
      seconds: usual.durationMs === null ? null : Math.ceil((rows.length * usual.durationMs) / 1_000 / atOnce),
      costMicroUsd:
        usual.unpriced > 0 || usual.costMicroUsd === null ? null : Math.round(rows.length * usual.costMicroUsd),
    };
    return {
      columns,
      rowCount: rows.length,
      sample: rows.slice(0, sampleRows).map((row) => row.map((cell) => cell.slice(0, sampleCharacters))),
      taken,
      inputs: plan.inputFields.map((field) => ({
        name: field.name,
        title: field.title || null,
        kind: field.kind,
        required: field.required,
        hasDefault: field.default !== undefined,
        takesCells: takesCells(field),
      })),
      outputs: plan.outputs.map(({ name }) => name),
      ...guessMapping(plan.inputFields, columns),
      forecast,
    };
  });
