import { fail, ok, type Result } from "@/runtime/graph/result";
import { decodeText } from "@/runtime/text-source/decode-text";
import type { GridLimits, TableWarning } from "../grid";
import { readTextTable } from "../read-text-table";
import type { TableOptions } from "../table-options";
import type { TableReading } from "../table-reading";

export const tableFiles = "CSV, TSV, JSON, JSONL, XLSX, or a page or document with a table";

const page = /^\s*<(?:!doctype|html|table|meta|head|body|div)\b/i;

/** The tables of a text file; null for a page, which has them in elements. The error is an English sentence. */
export function readTextFile(
  bytes: Uint8Array,
  options: TableOptions,
  limits: GridLimits,
): Result<TableReading, string> | null {
  const decoded = decodeText(bytes, { encoding: options.encoding });
  if (decoded === undefined) return fail(`This file is neither text nor an Excel workbook. Use ${tableFiles}.`);
  const { encoding, confidence, alternatives, text } = decoded;
  if (options.separator === undefined && page.test(text.slice(0, 2_000)) && /<table[\s>]/i.test(text)) return null;
  const reading = readTextTable(text, options, limits);
  if (!reading.ok) return reading;
  const lossy: TableWarning[] = decoded.isLossy
    ? [{ code: "undecodable-bytes", message: `Some bytes are not valid ${encoding} and were replaced.` }]
    : [];
  const warnings = [...reading.value.warnings, ...lossy];
  return ok({ ...reading.value, encoding: { encoding, confidence, alternatives }, warnings });
}
