import { catalog } from "@/nodes";
import { referencesOf } from "@/runtime/graph/references-of";
import { readStoredDocument } from "@/server/domain/revision/read-stored-document";
import type { Database } from "@/server/platform/db/database";

export interface ModelUsage {
  readonly pipelineId: string;
  readonly name: string;
  /** Whether what is published calls it; a draft may call it and the published revision not. */
  readonly published: boolean;
  /** References found, e.g. "intent@production", sorted. */
  readonly references: readonly string[];
}

/** Pipelines whose draft or published revision has a step that names a version of the model. */
export const findUsage = async ({ prisma }: Database, workspaceId: string, slug: string): Promise<ModelUsage[]> => {
  // Only documents that hold the text at all are read.
  const mention = `"${slug}@`;
  const rows = await prisma.$queryRaw<{ pipelineId: string; name: string; published: boolean; document: unknown }[]>`
    SELECT p."id" AS "pipelineId", p."name", false AS published, p."document" AS document
    FROM "Pipeline" p
    WHERE p."workspaceId" = ${workspaceId} AND p."deletedAt" IS NULL AND strpos(p."document"::text, ${mention}) > 0
    UNION ALL
    SELECT p."id", p."name", true, r."document"
    FROM "Deployment" d JOIN "Pipeline" p ON p."id" = d."pipelineId" JOIN "Revision" r ON r."id" = d."revisionId"
    WHERE d."workspaceId" = ${workspaceId} AND d."active" AND p."deletedAt" IS NULL
      AND strpos(r."document"::text, ${mention}) > 0
    ORDER BY name, "pipelineId"`;
  const usages = new Map<string, ModelUsage>();
  for (const { pipelineId, name, published, document } of rows) {
    const references = referencesOf(readStoredDocument(document).nodes, catalog).flatMap((reference) =>
      reference.kind === "tuned-model" && reference.name.startsWith(`${slug}@`) ? [reference.name] : [],
    );
    if (references.length === 0) continue;
    const before = usages.get(pipelineId);
    usages.set(pipelineId, {
      pipelineId,
      name,
      published: published || (before?.published ?? false),
      references: [...new Set([...(before?.references ?? []), ...references])].sort(),
    });
  }
  return [...usages.values()];
};
