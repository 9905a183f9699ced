import { Prisma } from "@/generated/prisma/client";
import type { Database } from "@/server/platform/db/database";

export interface ModelUsage {
  readonly pipelineId: string;
  readonly name: string;
  /** Whether what is published calls it; a draft may call it and the published revision not. */
  readonly published: boolean;
  /** References found, e.g. "intent@production". */
  readonly references: readonly string[];
}

/** Pipelines whose draft or published revision has a step whose model is `<slug>@…`, as a text or as the reference of an object. */
export const findUsage = async ({ prisma }: Database, workspaceId: string, slug: string): Promise<ModelUsage[]> => {
  // Letters, digits and hyphens: what a slug is made of has no meaning in a pattern but `-`, which has none outside of brackets.
  const pattern = `^${slug}@[^"]*$`;
  const steps = Prisma.sql`jsonb_path_query_array(document->'nodes', '$[*].config.model ? (@.type() == "string")')
    || jsonb_path_query_array(document->'nodes', '$[*].config.model.reference ? (@.type() == "string")')`;
  const rows = await prisma.$queryRaw<{ pipelineId: string; name: string; published: boolean; reference: string }[]>`
    WITH documents AS (
      SELECT p."id" AS "pipelineId", p."name", false AS published, p."document" AS document
      FROM "Pipeline" p WHERE p."workspaceId" = ${workspaceId} AND p."deletedAt" IS NULL
      UNION ALL
      SELECT p."id", p."name", true, r."document"
      FROM "Deployment" d JOIN "Pipeline" p ON p."id" = d."pipelineId" JOIN "Revision" r ON r."id" = d."revisionId"
      WHERE d."workspaceId" = ${workspaceId} AND d."active" AND p."deletedAt" IS NULL
    )
    SELECT DISTINCT "pipelineId", name, published, reference
    FROM documents, jsonb_array_elements_text(${steps}) AS reference
    WHERE reference ~ ${pattern}
    ORDER BY name, "pipelineId"`;
  const usages = new Map<string, ModelUsage>();
  for (const { pipelineId, name, published, reference } of rows) {
    const before = usages.get(pipelineId);
    usages.set(pipelineId, {
      pipelineId,
      name,
      published: published || (before?.published ?? false),
      references: [...new Set([...(before?.references ?? []), reference])],
    });
  }
  return [...usages.values()];
};
