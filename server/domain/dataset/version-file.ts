import { createHash } from "node:crypto";
import { type DatasetColumn, type DatasetRow, datasetRow } from "@/runtime/eval/contract/dataset-row";
import { canonicalJson } from "@/runtime/graph/hash";
import type { Steps } from "@/runtime/node/steps";

/** Rows as canonical JSONL: one object a line, its fields in the contract's order, keys of values sorted. */
export function* writeVersion(rows: readonly DatasetRow[]): Steps<string> {
  const lines: string[] = [];
  for (const { id, inputs, expected, tags, weight, split, group, source } of rows) {
    lines.push(
      `{"id":${JSON.stringify(id)},"inputs":${canonicalJson(inputs)},"expected":${canonicalJson(expected)},` +
        `"tags":${JSON.stringify(tags)},"weight":${weight},"split":${JSON.stringify(split)},` +
        `"group":${JSON.stringify(group)},"source":"${source}"}\n`,
    );
    yield;
  }
  return lines.join("");
}

/** SHA-256 of the columns' line and the rows' lines, hex. */
export const versionHash = (columns: readonly DatasetColumn[], lines: string): string =>
  createHash("sha256")
    .update(`${JSON.stringify(columns.map(({ name, role, kind }) => ({ name, role, kind })))}\n`)
    .update(lines)
    .digest("hex");

export function* readVersion(text: string): Steps<DatasetRow[]> {
  const rows: DatasetRow[] = [];
  for (const line of text.split("\n")) {
    if (line !== "") rows.push(datasetRow.parse(JSON.parse(line)));
    yield;
  }
  return rows;
}
