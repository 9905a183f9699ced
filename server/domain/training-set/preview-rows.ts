import { trainingGridLimits } from "@/runtime/fine-tuning/limits";
import { guessMapping } from "@/runtime/fine-tuning/map-columns";
import { previewTaken } from "@/server/domain/table/table-preview";
import { readTable } from "@/server/domain/table/table-source";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { previewInput, type TrainingSetPreview, trainingSetLimits } from "./training-set.types";

const cellCharacters = 300;

/** What a table holds and which columns would be taken, before anything is stored. */
export const previewRows = editorProcedure
  .input(previewInput)
  .mutation(async ({ ctx, input }): Promise<TrainingSetPreview> => {
    const { database, workspaceId } = ctx;
    const { source, options } = input;
    const table = await readTable(database, workspaceId, source, options, trainingGridLimits);
    return {
      taken: await previewTaken(database, workspaceId, source, table, options.encoding !== undefined),
      columns: table.columns,
      rowCount: table.rows.length,
      sample: table.rows
        .slice(0, trainingSetLimits.sampleRows)
        .map((row) => row.map((cell) => cell.slice(0, cellCharacters))),
      mapping: guessMapping(table),
    };
  });
