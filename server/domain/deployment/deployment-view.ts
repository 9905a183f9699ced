import { settledOrSaved } from "@/server/domain/revision/load-draft";
import { planOfRevision } from "@/server/domain/revision/plan-of-revision";
import type { Database } from "@/server/platform/db/database";
import type { DeploymentView } from "./deployment.types";
import { deploymentFields, listItems } from "./deployment-row";

/** The pipeline's deployment in an environment as its page shows it, or null where it was never published there. */
export const viewDeployment = async (
  database: Database,
  workspaceId: string,
  pipelineId: string,
  environment: string,
): Promise<DeploymentView | null> => {
  const row = await database.prisma.deployment.findFirst({
    where: { pipelineId, workspaceId, environment },
    orderBy: { publishedAt: "desc" },
    select: {
      ...deploymentFields,
      pipeline: { select: { id: true, name: true, graphHash: true, document: true } },
    },
  });
  if (row === null) return null;
  const [[item], compiled, draft] = await Promise.all([
    listItems(database, [row]),
    planOfRevision(database, row.revisionId),
    settledOrSaved(database, workspaceId, row.pipeline),
  ]);
  if (item === undefined) return null;
  return {
    ...item,
    graphHash: row.revision.graphHash,
    upToDate: draft.graphHash === row.revision.graphHash,
    inputFields: compiled.ok ? compiled.value.inputFields : [],
    outputs: compiled.ok ? compiled.value.outputs.map(({ name, kind }) => ({ name, kind })) : [],
  };
};
