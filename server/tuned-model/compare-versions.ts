import { comparePredictions } from "@/runtime/fine-tuning/compare-predictions";
import type { Prediction } from "@/runtime/fine-tuning/training-task";
import type { Database } from "@/server/db";
import { readFile } from "@/server/file/read-file";
import { viewerProcedure } from "@/server/trpc";
import { compareInput, type VersionMetrics } from "./tuned-model.types";
import { findVersion, versionView } from "./version-row";

const readPredictions = async (
  database: Database,
  workspaceId: string,
  { predictionsFileId }: VersionMetrics,
): Promise<Prediction[]> => {
  if (predictionsFileId === undefined) return [];
  const text = new TextDecoder().decode(await readFile(database, workspaceId, predictionsFileId));
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Prediction);
};

/** Two versions side by side: what each says of the held-out texts that both were judged by. */
export const compareVersions = viewerProcedure.input(compareInput).query(async ({ ctx, input }) => {
  const { database, workspaceId } = ctx;
  const [left, right] = await Promise.all([
    findVersion(database, workspaceId, input.leftId),
    findVersion(database, workspaceId, input.rightId),
  ]);
  const [leftView, rightView] = [versionView(left), versionView(right)];
  const [before, after] = await Promise.all([
    readPredictions(database, workspaceId, leftView.metrics),
    readPredictions(database, workspaceId, rightView.metrics),
  ]);
  return {
    left: { ...leftView, model: { id: left.tunedModelId, name: left.tunedModel.name } },
    right: { ...rightView, model: { id: right.tunedModelId, name: right.tunedModel.name } },
    comparison: comparePredictions(before, after),
  };
});
