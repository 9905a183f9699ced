import type { TrainingSet } from "@/generated/prisma/client";
import type { Finding } from "@/runtime/fine-tuning/check-rows";
import type { LabelledRow } from "@/runtime/fine-tuning/labelled-row";
import type { LeftOut } from "@/runtime/fine-tuning/map-columns";
import type { Database } from "@/server/platform/db/database";
import { notFound } from "@/server/platform/guard/application-error";
import { findingsOf } from "./on-rows";
import { storeRows } from "./row-file";
import type { TrainingSetItem, TrainingSetView } from "./training-set.types";

/** What the row of a set holds beside its columns, as JSON. */
export interface StoredFindings {
  readonly findings: readonly Finding[];
  readonly leftOut: readonly LeftOut[];
  readonly sample: TrainingSetView["sample"];
}
type LabelCounts = Readonly<Record<string, readonly [train: number, test: number]>>;

export const findTrainingSet = async ({ prisma }: Database, workspaceId: string, id: string): Promise<TrainingSet> => {
  const row = await prisma.trainingSet.findFirst({ where: { id, workspaceId } });
  if (row === null) throw notFound("training set");
  return row;
};

const sampleRows = 20;
const sampleCharacters = 300;

/** Checks the rows and stores them; gives the columns of the set's row. */
export const storeTrainingSet = async (
  database: Database,
  workspaceId: string,
  name: string,
  rows: readonly LabelledRow[],
  leftOut: readonly LeftOut[],
) => {
  const findings = await findingsOf(rows);
  const { fileId, contentHash } = await storeRows(database, workspaceId, name, rows);
  const counts = new Map<string, [number, number]>();
  for (const { label, split } of rows) {
    const count = counts.get(label) ?? [0, 0];
    count[split === "test" ? 1 : 0] += 1;
    counts.set(label, count);
  }
  const stored: StoredFindings = {
    findings,
    leftOut,
    sample: rows.slice(0, sampleRows).map((row) => ({ ...row, text: row.text.slice(0, sampleCharacters) })),
  };
  return {
    fileId,
    contentHash,
    rowCount: rows.length,
    labels: Object.fromEntries(counts) as object,
    findings: stored as object,
  };
};

export const trainingSetItem = (row: TrainingSet): TrainingSetItem => {
  const { findings } = row.findings as unknown as StoredFindings;
  return {
    id: row.id,
    name: row.name,
    rowCount: row.rowCount,
    labelCount: Object.keys(row.labels as object).length,
    createdAt: row.createdAt,
    errors: findings.filter(({ severity }) => severity === "error").length,
    warnings: findings.filter(({ severity }) => severity === "warning").length,
  };
};

export const trainingSetView = (row: TrainingSet): TrainingSetView => {
  const { findings, leftOut, sample } = row.findings as unknown as StoredFindings;
  return {
    ...trainingSetItem(row),
    contentHash: row.contentHash,
    labels: Object.entries(row.labels as unknown as LabelCounts)
      .map(([label, [train, test]]) => ({ label, train, test }))
      .sort((left, right) => right.train + right.test - left.train - left.test || (left.label < right.label ? -1 : 1)),
    findings,
    leftOut,
    sample,
  };
};
