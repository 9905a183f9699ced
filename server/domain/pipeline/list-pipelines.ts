import { Prisma } from "@/generated/prisma/client";
import type { RunStatus } from "@/runtime/run/reduce";
import { literalPattern } from "@/server/platform/db/like-pattern";
import { pageOf, readCursor } from "@/server/platform/guard/page-of";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { listInput, type Miniature, type PipelineListItem, pipelineLimits } from "./pipeline.types";

interface Row extends Omit<PipelineListItem, "lastRun" | "deployment" | "miniature"> {
  readonly runId: string | null;
  readonly runStatus: RunStatus | null;
  readonly runStartedAt: Date | null;
  readonly runDurationMs: number | null;
  readonly slug: string | null;
  readonly active: boolean | null;
  readonly miniatureNodes: Miniature["nodes"];
  readonly miniatureEdges: Miniature["edges"];
}

const asPattern = (text: string): string => `%${literalPattern(text)}%`;

const { miniatureNodes, miniatureEdges } = pipelineLimits;

/** Only what a list shows leaves the database: a page of thirty documents could weigh a hundred megabytes. */
const selectPage = (workspaceId: string, filter: Prisma.Sql, most: number): Prisma.Sql => Prisma.sql`
  SELECT p."id", p."name", p."templateId", p."revision", p."updatedAt",
    jsonb_array_length(p."document"->'nodes') AS "nodeCount",
    run."id" AS "runId", run."status"::text AS "runStatus", run."startedAt" AS "runStartedAt",
    run."durationMs" AS "runDurationMs", deployment."slug", deployment."active",
    (SELECT coalesce(jsonb_agg(jsonb_build_object('id', n->>'id', 'type', n->>'type',
        'x', coalesce((p."document"->'layout'->(n->>'id')->>'x')::float8, 0),
        'y', coalesce((p."document"->'layout'->(n->>'id')->>'y')::float8, 0))), '[]'::jsonb)
      FROM (SELECT value AS n FROM jsonb_array_elements(p."document"->'nodes') LIMIT ${miniatureNodes}) AS nodes
    ) AS "miniatureNodes",
    (SELECT coalesce(jsonb_agg(jsonb_build_object('from', e->'from'->>'node', 'to', e->'to'->>'node')), '[]'::jsonb)
      FROM (SELECT value AS e FROM jsonb_array_elements(p."document"->'edges') LIMIT ${miniatureEdges}) AS edges
    ) AS "miniatureEdges"
  FROM "Pipeline" p
  LEFT JOIN LATERAL (
    SELECT r."id", r."status", r."startedAt", r."durationMs" FROM "Run" r
    WHERE r."pipelineId" = p."id" ORDER BY r."startedAt" DESC LIMIT 1
  ) AS run ON true
  LEFT JOIN LATERAL (
    SELECT d."slug", d."active" AND p."deletedAt" IS NULL AS "active" FROM "Deployment" d
    WHERE d."pipelineId" = p."id" ORDER BY (d."environment" = 'production') DESC, d."publishedAt" DESC LIMIT 1
  ) AS deployment ON true
  WHERE p."workspaceId" = ${workspaceId} ${filter}
  ORDER BY p."updatedAt" DESC, p."id" DESC
  LIMIT ${most}`;

const itemOf = (row: Row): PipelineListItem => {
  const { id, name, templateId, revision, updatedAt, nodeCount } = row;
  const drawn = new Set(row.miniatureNodes.map((node) => node.id));
  return {
    id,
    name,
    templateId,
    revision,
    updatedAt,
    nodeCount,
    lastRun:
      row.runId === null || row.runStatus === null || row.runStartedAt === null
        ? null
        : { id: row.runId, status: row.runStatus, startedAt: row.runStartedAt, durationMs: row.runDurationMs },
    deployment: row.slug === null || row.active === null ? null : { slug: row.slug, active: row.active },
    miniature: {
      nodes: row.miniatureNodes,
      edges: row.miniatureEdges.filter((edge) => drawn.has(edge.from) && drawn.has(edge.to)),
    },
  };
};

/** Latest change first. */
export const listPipelines = viewerProcedure.input(listInput).query(async ({ ctx, input }) => {
  const after = readCursor(input.cursor);
  const filter = Prisma.sql`
    AND ${input.removed ? Prisma.sql`p."deletedAt" IS NOT NULL` : Prisma.sql`p."deletedAt" IS NULL`}
    ${input.query ? Prisma.sql`AND p."name" ILIKE ${asPattern(input.query)}` : Prisma.empty}
    ${after ? Prisma.sql`AND (p."updatedAt", p."id") < (${after.at}, ${after.id})` : Prisma.empty}`;
  const rows = await ctx.database.prisma.$queryRaw<Row[]>(selectPage(ctx.workspaceId, filter, input.limit + 1));
  return pageOf(rows.map(itemOf), input.limit, ({ updatedAt, id }) => ({ at: updatedAt, id }));
});
