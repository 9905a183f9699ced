import { includesOf } from "@/nodes/lib/prompt/compose-prompt";
import { promptContent } from "@/nodes/lib/prompt/prompt-content";
import { findPrompt } from "@/server/domain/prompt/find-prompt";
import { byIdInput } from "@/server/domain/prompt/prompt.types";
import { includePattern } from "@/server/domain/prompt/used-versions";
import { readStoredDocument } from "@/server/domain/revision/read-stored-document";
import { promptUses } from "@/server/domain/revision/settle-prompts";
import { viewerProcedure } from "@/server/platform/trpc/procedures";

/** Of each kind, as many as a page says. */
const most = 100;

/**
 * Where a prompt is used: drafts by step, deployments by what is live in them, gates of those pipelines, and prompts that include it. Of each kind the first hundred by name; `more` says that
 * there are others.
 */
export const usedBy = viewerProcedure.input(byIdInput).query(async ({ ctx, input: { id } }) => {
  const { prisma } = ctx.database;
  const { workspaceId } = ctx;
  const { slug } = await findPrompt(prisma, workspaceId, id);
  const [drafts, live, versions] = await Promise.all([
    prisma.$queryRaw<{ id: string; name: string; document: unknown; gated: boolean }[]>`
      SELECT p."id", p."name", p."document",
        EXISTS (SELECT 1 FROM "Gate" g WHERE g."pipelineId" = p."id" AND g."enabled") AS gated
      FROM "Pipeline" p
      WHERE p."workspaceId" = ${workspaceId} AND p."deletedAt" IS NULL AND strpos(p."document"::text, ${`"${id}"`}) > 0
      ORDER BY p."name", p."id" LIMIT ${most + 1}`,
    prisma.deployment.findMany({
      where: { workspaceId, pipeline: { deletedAt: null }, revision: { promptUses: { some: { promptId: id } } } },
      orderBy: { slug: "asc" },
      take: most + 1,
      select: {
        id: true,
        slug: true,
        active: true,
        followsPrompts: true,
        revision: {
          select: { number: true, promptUses: { where: { promptId: id }, select: { number: true, label: true } } },
        },
      },
    }),
    prisma.$queryRaw<{ id: string; name: string; number: number; content: unknown }[]>`
      SELECT p."id", p."name", v."number", v."content" FROM "PromptVersion" v JOIN "Prompt" p ON p."id" = v."promptId"
      WHERE v."workspaceId" = ${workspaceId} AND p."id" <> ${id} AND v."number" = p."newest"
        AND v."content"::text ~ ${includePattern(slug)}
      ORDER BY p."name" LIMIT ${most + 1}`,
  ]);
  const pipelines = drafts.slice(0, most).flatMap(({ id: pipelineId, name, document, gated }) => {
    const { nodes } = readStoredDocument(document);
    const labels = new Map(nodes.map((node) => [node.id, node.label ?? node.id]));
    const uses = promptUses({ schemaVersion: 1, nodes, edges: [], layout: {} }).filter(
      ({ promptId }) => promptId === id,
    );
    const steps = uses.map(({ node, label, number }) => ({ step: labels.get(node) ?? node, label, number }));
    return steps.length === 0 ? [] : [{ pipelineId, name, gated, steps: steps.slice(0, most) }];
  });
  return {
    pipelines,
    deployments: live.slice(0, most).map(({ revision, ...row }) => ({
      ...row,
      revisionNumber: revision.number,
      versions: [...new Map(revision.promptUses.map((use) => [`${use.number} ${use.label}`, use])).values()],
    })),
    prompts: versions.slice(0, most).flatMap(({ id: promptId, name, content }) => {
      const { system, user } = promptContent.parse(content);
      const found = [...includesOf(system), ...includesOf(user)].find((include) => include.slug === slug);
      return found === undefined ? [] : [{ promptId, name, at: found.at }];
    }),
    more: [drafts, live, versions].some((rows) => rows.length > most),
  };
});
