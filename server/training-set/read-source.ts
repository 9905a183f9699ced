import type { LabelledRow } from "@/runtime/fine-tuning/labelled-row";
import { trainingLimits } from "@/runtime/fine-tuning/limits";
import { type ColumnMapping, guessMapping, type LeftOut, toLabelledRows } from "@/runtime/fine-tuning/map-columns";
import { readTable, type Table } from "@/runtime/fine-tuning/read-table";
import type { Database } from "@/server/db";
import { readFile } from "@/server/file/read-file";
import { tableText } from "@/server/file/table-text";
import { readable } from "@/server/tuned-model/readable-failure";
import { refuseRows } from "./refuse";
import { rowsOfRuns } from "./rows-of-runs";
import type { RowSource } from "./training-set.types";

export const readSourceTable = async (
  database: Database,
  workspaceId: string,
  source: Exclude<RowSource, { kind: "runs" }>,
): Promise<Table> => {
  const text =
    source.kind === "text"
      ? source.text
      : tableText(await readable(readFile(database, workspaceId, source.fileId), "rows-refused"));
  if (text === null) throw refuseRows("This file is not text.", "Save the table as CSV or JSONL and upload that.");
  const table = readTable(text);
  if (!table.ok) throw refuseRows(table.error, "Correct the table and send it again.");
  return table.value;
};

/** The rows that a source holds, at most as many as may be learnt from. */
export const readSource = async (
  database: Database,
  workspaceId: string,
  source: RowSource,
  mapping: ColumnMapping | undefined,
): Promise<{ readonly rows: LabelledRow[]; readonly leftOut: LeftOut[] }> => {
  const found =
    source.kind === "runs"
      ? await rowsOfRuns(database, workspaceId, source)
      : await (async () => {
          const table = await readSourceTable(database, workspaceId, source);
          const chosen = mapping ?? guessMapping(table);
          const unknown = [chosen.text, chosen.label, chosen.split].find(
            (name) => name != null && !table.columns.includes(name),
          );
          if (unknown != null)
            throw refuseRows(`There is no column "${unknown}".`, "Choose one of the table's columns.");
          if (chosen.text === chosen.label)
            throw refuseRows("Text and label are the same column.", "Choose another column for one of them.");
          return toLabelledRows(table, chosen);
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
