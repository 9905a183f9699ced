import type { z } from "zod";
import type { Prisma } from "@/generated/prisma/client";
import { literalPattern } from "@/server/db/like-pattern";
import { notFound } from "@/server/guard/application-error";
import { pageOf, readCursor } from "@/server/guard/page-of";
import { viewerProcedure } from "@/server/trpc";
import { listInput } from "./run.types";
import { runFields, runListItem } from "./run-row";

const narrowing = (input: z.output<typeof listInput>): Prisma.RunWhereInput => {
  const { pipelineId, status, source, deploymentId, rating, from, until, query } = input;
  const holds = { contains: literalPattern(query ?? ""), mode: "insensitive" } as const;
  return {
    ...(pipelineId && { pipelineId }),
    ...(status && { status }),
    ...(source !== "all" && {
      // The runs of experiments are many and alike, so they are listed only where they are asked for.
      trigger: source === undefined ? { not: "evaluation" } : source,
    }),
    ...(deploymentId && { deploymentId }),
    ...(rating && { feedback: rating === "none" ? { is: null } : { is: { rating } } }),
    ...((from || until) && {
      startedAt: { ...(from && { gte: new Date(from) }), ...(until && { lt: new Date(until) }) },
    }),
    // Apart from the place in the list, which is a choice of two as well.
    ...(query && {
      AND: [{ OR: [{ question: holds }, { answer: holds }, { id: query }, { pipeline: { name: holds } }] }],
    }),
  };
};

/** Latest first. */
export const listRuns = viewerProcedure.input(listInput).query(async ({ ctx, input }) => {
  const { prisma } = ctx.database;
  if (input.pipelineId !== undefined) {
    const own = { id: input.pipelineId, workspaceId: ctx.workspaceId };
    if ((await prisma.pipeline.findFirst({ where: own, select: { id: true } })) === null) throw notFound("pipeline");
  }
  const after = readCursor(input.cursor);
  const rows = await prisma.run.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      ...narrowing(input),
      ...(after && { OR: [{ startedAt: { lt: after.at } }, { startedAt: after.at, id: { lt: after.id } }] }),
    },
    orderBy: [{ startedAt: "desc" }, { id: "desc" }],
    take: input.limit + 1,
    select: runFields,
  });
  return pageOf(rows.map(runListItem), input.limit, ({ startedAt, id }) => ({ at: startedAt, id }));
});
