import { createHash } from "node:crypto";
import { type LabelledRow, labelledRow } from "@/runtime/fine-tuning/labelled-row";
import type { Database } from "@/server/db";
import { readFile } from "@/server/file/read-file";
import { storeFile } from "@/server/file/store-file";

/** Rows as canonical JSONL: one object a line, its fields in one order, so that the same rows give the same hash. */
export const writeRows = (rows: readonly LabelledRow[]): string =>
  rows.map(({ text, label, split }) => `${JSON.stringify({ text, label, ...(split && { split }) })}\n`).join("");

export const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

export const storeRows = async (
  database: Database,
  workspaceId: string,
  name: string,
  rows: readonly LabelledRow[],
): Promise<{ readonly fileId: string; readonly contentHash: string }> => {
  const text = writeRows(rows);
  const { fileId } = await storeFile(database, { workspaceId, name: `${name}.jsonl`, bytes: Buffer.from(text) });
  return { fileId, contentHash: hashOf(text) };
};

export const loadRows = async (database: Database, workspaceId: string, fileId: string): Promise<LabelledRow[]> => {
  const text = new TextDecoder().decode(await readFile(database, workspaceId, fileId));
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => labelledRow.parse(JSON.parse(line)));
};
