import { createHash } from "node:crypto";
import { type LabelledRow, labelledRow } from "@/runtime/fine-tuning/labelled-row";
import { inTurns, type Steps } from "@/runtime/node/steps";
import { readFile } from "@/server/domain/file/read-file";
import { storeFile } from "@/server/domain/file/store-file";
import type { Database } from "@/server/platform/db/database";

/** Rows as canonical JSONL: one object a line, its fields in one order, so that the same rows give the same hash. */
export function* writeRows(rows: readonly LabelledRow[]): Steps<string> {
  const lines: string[] = [];
  for (const { text, label, split } of rows) {
    lines.push(`${JSON.stringify({ text, label, ...(split && { split }) })}\n`);
    yield;
  }
  return lines.join("");
}

function* readRows(text: string): Steps<LabelledRow[]> {
  const rows: LabelledRow[] = [];
  for (const line of text.split("\n")) {
    if (line !== "") rows.push(labelledRow.parse(JSON.parse(line)));
    yield;
  }
  return rows;
}

export const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

export const storeRows = async (
  database: Database,
  workspaceId: string,
  name: string,
  rows: readonly LabelledRow[],
): Promise<{ readonly fileId: string; readonly contentHash: string }> => {
  const text = await inTurns(writeRows(rows));
  const { fileId } = await storeFile(database, { workspaceId, name: `${name}.jsonl`, bytes: Buffer.from(text) });
  return { fileId, contentHash: hashOf(text) };
};

export const loadRows = async (database: Database, workspaceId: string, fileId: string): Promise<LabelledRow[]> => {
  return inTurns(readRows(new TextDecoder().decode(await readFile(database, workspaceId, fileId))));
};
