import { guessMapping } from "@/runtime/fine-tuning/map-columns";
import { editorProcedure } from "@/server/trpc";
import { readSourceTable } from "./read-source";
import { previewInput, type TrainingSetPreview, trainingSetLimits } from "./training-set.types";

const cellCharacters = 300;

/** What a table holds and which columns would be taken, before anything is stored. */
export const previewRows = editorProcedure
  .input(previewInput)
  .mutation(async ({ ctx, input }): Promise<TrainingSetPreview> => {
    const table = await readSourceTable(ctx.database, ctx.workspaceId, input.source);
    return {
      format: table.format,
      columns: table.columns,
      rowCount: table.rows.length,
      sample: table.rows
        .slice(0, trainingSetLimits.sampleRows)
        .map((row) => row.map((cell) => cell.slice(0, cellCharacters))),
      mapping: guessMapping(table),
    };
  });
