import { fail, ok, type Result } from "../graph/result";
import type { GridLimits, TableWarning } from "./grid";
import { readDelimited } from "./read-delimited";
import { gridOfRecords, readJson, unfenced } from "./read-json";
import { markdownTables } from "./read-markdown";
import type { TableOptions } from "./table-options";
import type { TableReading } from "./table-reading";

/**
 * The tables of a text: JSON or JSON lines, Markdown tables, else rows parted by a sign; each also in a fence. The error is an English sentence that
 * says where it breaks.
 */
export function readTextTable(
  text: string,
  options: Pick<TableOptions, "separator">,
  limits: GridLimits,
): Result<TableReading, string> {
  const warnings: TableWarning[] = [];
  const warn = (warning: TableWarning) => {
    if (warnings.length < mostWarnings) warnings.push(warning);
  };
  if (options.separator === undefined) {
    const json = readJson(text, limits);
    if (json !== null) {
      if (!json.ok) return fail(json.error);
      return ok({ format: json.value.format, grids: [gridOfRecords(json.value, limits, warn)], warnings });
    }
    const tables = markdownTables(unfenced(text));
    if (tables.length > 0) return ok({ format: "markdown", grids: tables, warnings });
  }
  const grid = readDelimited(unfenced(text), options.separator, limits, warn);
  return ok({
    format: grid.separator === "\t" ? "tsv" : "csv",
    grids: [grid],
    separator: grid.separator,
    warnings,
  });
}

/** Of one file; more of them say nothing new. */
const mostWarnings = 1_000;
