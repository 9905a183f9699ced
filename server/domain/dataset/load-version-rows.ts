import type { DatasetColumn, DatasetRow } from "@/runtime/eval/contract/dataset-row";
import { inTurns } from "@/runtime/node/steps";
import { readFile } from "@/server/domain/file/read-file";
import type { Database } from "@/server/platform/db/database";
import { notFound } from "@/server/platform/guard/application-error";
import { columnsOf } from "./row-of";
import { readVersion } from "./version-file";

/** What a version holds. Throws `FileRefusal` where its file was removed. */
export const loadVersionRows = async (
  database: Database,
  workspaceId: string,
  versionId: string,
): Promise<{ readonly columns: readonly DatasetColumn[]; readonly rows: readonly DatasetRow[] }> => {
  const version = await database.prisma.datasetVersion.findFirst({ where: { id: versionId, workspaceId } });
  if (version === null) throw notFound("version of a dataset");
  const bytes = await readFile(database, workspaceId, version.fileId);
  return { columns: columnsOf(version), rows: await inTurns(readVersion(new TextDecoder().decode(bytes))) };
};
