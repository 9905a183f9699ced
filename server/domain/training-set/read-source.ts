import type { LabelledRow } from "@/runtime/fine-tuning/labelled-row";
import { trainingGridLimits, trainingLimits } from "@/runtime/fine-tuning/limits";
import { type ColumnMapping, guessMapping, type LeftOut, labelledRowSteps } from "@/runtime/fine-tuning/map-columns";
import { inTurns } from "@/runtime/node/steps";
import type { TableOptions } from "@/runtime/table/table-options";
import { readTableToKeep } from "@/server/domain/table/table-source";
import type { Database } from "@/server/platform/db/database";
import { refuseRows } from "./refuse";
import { rowsOfRuns } from "./rows-of-runs";
import type { RowSource } from "./training-set.types";

/** The rows that a source holds, at most as many as may be learnt from. */
export const readSource = async (
  database: Database,
  workspaceId: string,
  source: RowSource,
  mapping: ColumnMapping | undefined,
  options: TableOptions,
): Promise<{ readonly rows: LabelledRow[]; readonly leftOut: LeftOut[] }> => {
  const found =
    source.kind === "runs"
      ? await rowsOfRuns(database, workspaceId, source)
      : await (async () => {
          const table = await readTableToKeep(database, workspaceId, source, options, trainingGridLimits);
          const chosen = mapping ?? guessMapping(table);
          const unknown = [chosen.text, chosen.label, chosen.split].find(
            (name) => name != null && !table.columns.includes(name),
          );
          if (unknown != null)
            throw refuseRows(`There is no column "${unknown}".`, "Choose one of the table's columns.");
          if (chosen.text === chosen.label)
            throw refuseRows("Text and label are the same column.", "Choose another column for one of them.");
          return inTurns(labelledRowSteps(table, chosen));
        })();
  if (found.rows.length === 0) {
    throw refuseRows(
      source.kind === "runs"
        ? "No successful run has both this input and this output as text."
        : "No row has both a text and a label.",
      "Choose other columns or fields.",
    );
  }
  if (found.rows.length > trainingLimits.rows) {
    throw refuseRows(`There are more than ${trainingLimits.rows} rows.`, "Take a part of them.");
  }
  return found;
};
