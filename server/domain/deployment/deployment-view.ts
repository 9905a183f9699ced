import { planOfRevision } from "@/server/domain/revision/plan-of-revision";
import type { Database } from "@/server/platform/db/database";
import type { DeploymentView } from "./deployment.types";
import { deploymentFields, listItems } from "./deployment-row";

/** The pipeline's deployment as its page shows it, or null where it was never published. */
export const viewDeployment = async (
  database: Database,
  workspaceId: string,
  pipelineId: string,
): Promise<DeploymentView | null> => {
  const row = await database.prisma.deployment.findFirst({
    where: { pipelineId, workspaceId },
    orderBy: { publishedAt: "desc" },
    select: deploymentFields,
  });
  if (row === null) return null;
  const [[item], compiled] = await Promise.all([listItems(database, [row]), planOfRevision(database, row.revisionId)]);
  if (item === undefined) return null;
  return {
    ...item,
    upToDate: row.pipeline.graphHash === row.revision.graphHash,
    inputFields: compiled.ok ? compiled.value.inputFields : [],
    outputs: compiled.ok ? compiled.value.outputs.map(({ name, kind }) => ({ name, kind })) : [],
  };
};
