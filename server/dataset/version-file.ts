import { createHash } from "node:crypto";
import { type DatasetColumn, type DatasetRow, datasetRow } from "@/runtime/eval/contract/dataset-row";
import { canonicalJson } from "@/runtime/graph/hash";

/** Rows as canonical JSONL: one object a line, its fields in the contract's order, keys of values sorted. */
export const writeVersion = (rows: readonly DatasetRow[]): string =>
  rows
    .map(
      ({ id, inputs, expected, tags, weight, split, group, source }) =>
        `{"id":${JSON.stringify(id)},"inputs":${canonicalJson(inputs)},"expected":${canonicalJson(expected)},` +
        `"tags":${JSON.stringify(tags)},"weight":${weight},"split":${JSON.stringify(split)},` +
        `"group":${JSON.stringify(group)},"source":"${source}"}\n`,
    )
    .join("");

/** SHA-256 of the columns' line and the rows' lines, hex. */
export const versionHash = (columns: readonly DatasetColumn[], lines: string): string =>
  createHash("sha256")
    .update(`${JSON.stringify(columns.map(({ name, role, kind }) => ({ name, role, kind })))}\n`)
    .update(lines)
    .digest("hex");

export const readVersion = (text: string): DatasetRow[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => datasetRow.parse(JSON.parse(line)));
