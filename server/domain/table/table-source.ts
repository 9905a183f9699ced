import { z } from "zod";
import { readTableSource } from "@/runtime/table/file/read-table-source";
import type { GridLimits } from "@/runtime/table/grid";
import type { ImportedTable } from "@/runtime/table/import-table";
import type { TableOptions } from "@/runtime/table/table-options";
import { sureEnough } from "@/runtime/text-source/encoding-guess";
import { readFile } from "@/server/domain/file/read-file";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { readable } from "@/server/platform/guard/readable-failure";

/** Characters of a pasted table; larger ones are uploaded as a file. */
const pastedCharacters = 2_000_000;

/** A table that was pasted or uploaded. */
export const tableSource = z.union([
  z.strictObject({ kind: z.literal("text"), text: z.string().min(1).max(pastedCharacters) }),
  z.strictObject({ kind: z.literal("file"), fileId: z.string().min(1).max(100) }),
]);
export type TableSource = z.output<typeof tableSource>;

export const refuseTable = (message: string, hint: string): ApplicationError =>
  new ApplicationError("BAD_REQUEST", message, { reason: "rows-refused", hint, fields: { source: message } });

const bytesOf = async (database: Database, workspaceId: string, source: TableSource): Promise<Uint8Array> =>
  source.kind === "text"
    ? Buffer.from(source.text)
    : readable(readFile(database, workspaceId, source.fileId), "rows-refused");

/** The table of a source, taken as was chosen or else as it seems. Refuses what is none, saying what is wrong and where. */
export const readTable = async (
  database: Database,
  workspaceId: string,
  source: TableSource,
  options: TableOptions,
  limits: GridLimits,
): Promise<ImportedTable> => {
  const bytes = await bytesOf(database, workspaceId, source);
  // A pasted text has no encoding to doubt.
  const given = source.kind === "text" ? { ...options, encoding: "utf-8" as const } : options;
  const table = await readTableSource(bytes, given, limits);
  if (!table.ok) throw refuseTable(table.error, "Correct the table and send it again.");
  return table.value;
};

/** The same for rows that are kept: an encoding that is in doubt has to be chosen first. */
export const readTableToKeep = async (
  database: Database,
  workspaceId: string,
  source: TableSource,
  options: TableOptions,
  limits: GridLimits,
): Promise<ImportedTable> => {
  const table = await readTable(database, workspaceId, source, options, limits);
  const { encoding, options: found } = table.taken;
  if (source.kind === "file" && options.encoding === undefined && (encoding?.confidence ?? 1) < sureEnough) {
    throw refuseTable(
      `The file's encoding is in doubt: it may be ${[found.encoding, ...(encoding?.alternatives ?? [])].join(", ")}.`,
      "Look at the preview and choose the encoding in which the text reads right.",
    );
  }
  return table;
};
