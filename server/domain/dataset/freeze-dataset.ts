import type { DatasetVersion } from "@/generated/prisma/client";
import { inTurns } from "@/runtime/node/steps";
import { removeFile } from "@/server/domain/file/remove-file";
import { storeFile } from "@/server/domain/file/store-file";
import type { Database } from "@/server/platform/db/database";
import { isTaken } from "@/server/platform/db/unique-violation";
import { ApplicationError } from "@/server/platform/guard/application-error";
import type { FrozenDataset } from "./dataset.types";
import { datasetLimits } from "./dataset-limits";
import { findDataset } from "./find-dataset";
import { readAllRows } from "./read-all-rows";
import { columnsOf } from "./row-of";
import { versionHash, writeVersion } from "./version-file";

const frozen = (version: DatasetVersion): FrozenDataset => ({
  versionId: version.id,
  number: version.number,
  contentHash: version.contentHash,
  columns: columnsOf(version),
  rowCount: version.rowCount,
});

/**
 * Keeps the dataset as it is now as a version that never changes. The same columns and rows give the version that is there already, whoever asks
 * and however often at once. Refuses a dataset without rows.
 */
export const freezeDataset = async (
  database: Database,
  workspaceId: string,
  datasetId: string,
): Promise<FrozenDataset> => {
  const { prisma } = database;
  const { revision } = await findDataset(database, workspaceId, datasetId);
  const unchanged = await prisma.datasetVersion.findFirst({
    where: { datasetId, workspaceId, datasetRevision: revision },
  });
  if (unchanged !== null) return frozen(unchanged);
  const { dataset, columns, rows } = await readAllRows(database, workspaceId, datasetId);
  if (rows.length === 0) {
    throw new ApplicationError("BAD_REQUEST", `The dataset "${dataset.name}" has no rows.`, {
      reason: "rows-refused",
      hint: "Add rows to it first.",
    });
  }
  const lines = await inTurns(writeVersion(rows));
  const contentHash = versionHash(columns, lines);
  const known = async () => {
    const [version] = await prisma.datasetVersion.updateManyAndReturn({
      where: { datasetId, workspaceId, contentHash },
      data: { datasetRevision: dataset.revision },
    });
    return version ?? null;
  };
  const found = await known();
  if (found !== null) return frozen(found);
  const { fileId } = await storeFile(database, {
    workspaceId,
    name: `${dataset.name}.jsonl`,
    bytes: Buffer.from(lines),
  });
  // Somebody else may take the number, or freeze the same rows, between looking and writing: look again.
  for (;;) {
    const newest = await prisma.datasetVersion.findFirst({
      where: { datasetId, workspaceId },
      orderBy: { number: "desc" },
      select: { number: true },
    });
    const number = (newest?.number ?? 0) + 1;
    try {
      if (number > datasetLimits.versions) {
        throw new ApplicationError("BAD_REQUEST", `A dataset has at most ${datasetLimits.versions} versions.`, {
          reason: "limit-reached",
          hint: "Make a copy of the dataset and go on with that.",
        });
      }
      return frozen(
        await prisma.datasetVersion.create({
          data: {
            workspaceId,
            datasetId,
            number,
            contentHash,
            columns: columns as object[],
            rowCount: rows.length,
            fileId,
            datasetRevision: dataset.revision,
          },
        }),
      );
    } catch (error) {
      const same = isTaken(error) ? await known() : null;
      if (isTaken(error) && same === null) continue;
      await removeFile(database, workspaceId, fileId);
      if (same === null) throw error;
      return frozen(same);
    }
  }
};
