import type { Prisma } from "@/generated/prisma/client";
import type { Database } from "@/server/platform/db/database";
import { baseUrl, readAddress } from "@/server/platform/guard/address";
import type { DeploymentListItem } from "./deployment.types";

const dayMs = 86_400_000;

export const deploymentFields = {
  id: true,
  slug: true,
  active: true,
  environment: true,
  publishedAt: true,
  revisionId: true,
  pipeline: { select: { id: true, name: true } },
  revision: { select: { number: true, graphHash: true } },
} as const satisfies Prisma.DeploymentSelect;

export type DeploymentRow = Prisma.DeploymentGetPayload<{ select: typeof deploymentFields }>;

export const listItems = async (
  { prisma }: Database,
  rows: readonly DeploymentRow[],
): Promise<DeploymentListItem[]> => {
  const since = new Date(Date.now() - dayMs);
  const counts = await prisma.run.groupBy({
    by: ["deploymentId"],
    where: { deploymentId: { in: rows.map(({ id }) => id) }, startedAt: { gte: since } },
    _count: { _all: true },
  });
  const requests = new Map(counts.map(({ deploymentId, _count }) => [deploymentId, _count._all]));
  const base = baseUrl(readAddress());
  return rows.map(({ id, slug, active, environment, publishedAt, pipeline, revision }) => ({
    id,
    slug,
    active,
    environment,
    url: `${base}/api/v1/pipelines/${slug}/runs`,
    pipeline: { id: pipeline.id, name: pipeline.name },
    revisionNumber: revision.number,
    publishedAt,
    requestsLast24h: requests.get(id) ?? 0,
  }));
};
