import { catalog } from "@/nodes";
import { referencesOf } from "@/runtime/graph/references-of";
import { readStoredDocument } from "@/server/domain/revision/read-stored-document";
import { notFound } from "@/server/platform/guard/application-error";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { byIdInput } from "./pipeline.types";

/** Pipelines that are named; more use it than a page needs to say. */
const most = 100;

/** Pipelines whose draft, or published version, runs this one as a step. */
export const usedBy = viewerProcedure.input(byIdInput).query(async ({ ctx, input: { id } }) => {
  const { prisma } = ctx.database;
  const { workspaceId } = ctx;
  const known = await prisma.pipeline.findFirst({ where: { id, workspaceId, deletedAt: null }, select: { id: true } });
  if (known === null) throw notFound("pipeline");
  const mention = `"${id}"`;
  const rows = await prisma.$queryRaw<{ pipelineId: string; name: string; published: boolean; document: unknown }[]>`
    SELECT p."id" AS "pipelineId", p."name", false AS published, p."document" AS document
    FROM "Pipeline" p
    WHERE p."workspaceId" = ${workspaceId} AND p."deletedAt" IS NULL AND strpos(p."document"::text, ${mention}) > 0
    UNION ALL
    SELECT p."id", p."name", true, r."document"
    FROM "Deployment" d JOIN "Pipeline" p ON p."id" = d."pipelineId" JOIN "Revision" r ON r."id" = d."revisionId"
    WHERE d."workspaceId" = ${workspaceId} AND d."active" AND p."deletedAt" IS NULL
      AND strpos(r."document"::text, ${mention}) > 0
    ORDER BY name, "pipelineId"
    LIMIT ${most}`;
  const users = new Map<string, { readonly pipelineId: string; readonly name: string; readonly published: boolean }>();
  for (const { pipelineId, name, published, document } of rows) {
    const names = referencesOf(readStoredDocument(document).nodes, catalog).filter(({ kind }) => kind === "pipeline");
    if (!names.some((reference) => reference.name === id)) continue;
    users.set(pipelineId, { pipelineId, name, published: published || users.get(pipelineId)?.published === true });
  }
  return [...users.values()];
});
