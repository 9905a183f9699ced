import { fail, type Result } from "@/runtime/graph/result";
import { parseWorkers } from "@/runtime/knowledge/parse/parse-document";
import type { GridLimits } from "../grid";
import { type ImportedTable, importTable } from "../import-table";
import type { TableOptions } from "../table-options";
import { readTextFile } from "./read-text-file";

/** A text of so many bytes is read within a few milliseconds; longer ones would hold the app up. */
const readAtOnce = 100_000;

/** Of files that are text, as far as their first bytes tell. */
const isText = (bytes: Uint8Array) => {
  const head = Buffer.from(bytes.subarray(0, 8)).toString("latin1");
  return !["PK", "%PDF", "\xd0\xcf\x11\xe0"].some((mark) => head.startsWith(mark));
};

/** A table out of an uploaded file, read in a process apart where that takes time or the file might be made to break its reader. */
export async function readTableSource(
  bytes: Uint8Array,
  options: TableOptions,
  limits: GridLimits,
): Promise<Result<ImportedTable, string>> {
  const reading = bytes.length <= readAtOnce && isText(bytes) ? readTextFile(bytes, options, limits) : null;
  if (reading !== null) return reading.ok ? importTable(reading.value, options) : reading;
  const answer = await parseWorkers().readTable(bytes, options, limits);
  return answer.ok ? answer.value : fail(answer.error.message);
}
