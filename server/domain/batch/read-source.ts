import { fail, type Result } from "@/runtime/graph/result";
import type { InputField } from "@/runtime/node/define-node";
import { readAllRows } from "@/server/domain/dataset/read-all-rows";
import { findFile, readFile } from "@/server/domain/file/read-file";
import { readTableToKeep } from "@/server/domain/table/table-source";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { readable } from "@/server/platform/guard/readable-failure";
import { type BatchSource, batchLimits as limits } from "./batch.types";
import { problemOf, type ReadRows, readJsonLines, readTableRows } from "./read-rows";

const gridLimits = { rows: limits.rows + 1, columns: limits.columns, cellLength: limits.rowBytes } as const;

/** The rows of a file, a text or a dataset, as the inputs of a pipeline; the error is an English sentence. */
export const readSource = async (
  database: Database,
  workspaceId: string,
  source: BatchSource,
  fields: readonly InputField[],
): Promise<Result<ReadRows, string>> => {
  if (source.kind === "dataset") {
    const { rows, columns } = await readAllRows(database, workspaceId, source.datasetId);
    if (rows.length > limits.rows) return fail(`The dataset has more than ${limits.rows} rows.`);
    if (rows.length === 0) return fail("The dataset has no rows.");
    const names = new Set(fields.map(({ name }) => name));
    const ignored = columns.map(({ name }) => name).filter((name) => !names.has(name));
    const given = rows.map(({ id, inputs }) => {
      const known = Object.fromEntries(Object.entries(inputs).filter(([name]) => names.has(name)));
      return { customId: id, inputs: known, problem: problemOf(fields, known) };
    });
    return { ok: true, value: { rows: given, ignored } };
  }
  if (source.kind === "text" && source.format === "jsonl") return readJsonLines(source.text, fields);
  if (source.kind === "file") {
    const file = await findFile(database, workspaceId, source.fileId);
    if (file === null)
      throw new ApplicationError("NOT_FOUND", "This file is no longer stored.", { reason: "not-found" });
    if (file.size > limits.bytes) return fail(`The file is larger than ${limits.bytes / 1024 / 1024} MiB.`);
    if (/\.(jsonl|ndjson)$/i.test(file.name)) {
      const bytes = await readable(readFile(database, workspaceId, source.fileId), "rows-refused");
      return readJsonLines(Buffer.from(bytes).toString("utf8"), fields);
    }
  }
  const from = source.kind === "file" ? source : ({ kind: "text", text: source.text } as const);
  const table = await readTableToKeep(database, workspaceId, from, { headerRows: 1 }, gridLimits);
  return readTableRows(table.columns, table.rows, fields);
};
