import type { Prediction } from "@/runtime/fine-tuning/training-task";
import { readFile } from "@/server/domain/file/read-file";
import type { Database } from "@/server/platform/db/database";
import type { VersionMetrics } from "./tuned-model.types";

/** What a version said of its held-out texts; nothing where that was not kept. */
export const readPredictions = async (
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
