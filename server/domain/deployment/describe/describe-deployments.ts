import { planOfRevision } from "@/server/domain/revision/plan-of-revision";
import type { Database } from "@/server/platform/db/database";
import type { DescribedPorts } from "./port-schema";

/** Pipelines that one description holds. */
const mostPipelines = 200;

export interface DescribedDeployment extends DescribedPorts {
  readonly id: string;
  /** As `chatMappingOf` reads it. */
  readonly chatMapping: unknown;
}

/** What live deployments take and give, by their names; one whose version can no longer run is left out. `ids` null: every one of the workspace. */
export const describeDeployments = async (
  database: Database,
  workspaceId: string,
  { ids = null, slug }: { readonly ids?: readonly string[] | null; readonly slug?: string },
): Promise<readonly DescribedDeployment[]> => {
  const rows = await database.prisma.deployment.findMany({
    where: {
      workspaceId,
      active: true,
      pipeline: { deletedAt: null },
      ...(ids !== null && { id: { in: [...ids] } }),
      ...(slug !== undefined && { slug }),
    },
    orderBy: { slug: "asc" },
    take: mostPipelines,
    select: {
      id: true,
      slug: true,
      revisionId: true,
      chatMapping: true,
      pipeline: { select: { name: true } },
      revision: { select: { number: true } },
    },
  });
  const described: DescribedDeployment[] = [];
  for (const { id, slug: own, revisionId, chatMapping, pipeline, revision } of rows) {
    const compiled = await planOfRevision(database, revisionId);
    if (!compiled.ok) continue;
    const { inputFields, outputs, conversation } = compiled.value;
    described.push({
      id,
      slug: own,
      name: pipeline.name,
      version: revision.number,
      chatMapping,
      keepsConversations: conversation !== undefined,
      inputFields,
      outputs: outputs.map(({ name, kind }) => ({ name, kind })),
    });
  }
  return described;
};
