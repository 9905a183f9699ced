import type { Prisma, RunTrigger } from "@/generated/prisma/client";
import type { Database } from "@/server/platform/db/database";
import { literalPattern } from "@/server/platform/db/like-pattern";
import { notFound } from "@/server/platform/guard/application-error";
import { behind, readCursor, type TimeCursor, writeCursor } from "@/server/platform/guard/page-of";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { foldedExperiments } from "./folded-experiments";
import { type ListInput, listInput, type RunListItem } from "./run.types";
import { runFields, runListItem } from "./run-row";

/** Runs of one source that one request looks through for words: the list goes on behind them. */
const mostSearched = 5_000;

const narrowing = (input: ListInput): Prisma.RunWhereInput => {
  const { status, deploymentId, rating, query, errorCode, version, apiKeyId, slowerMs, step, asked } = input;
  const holds = { contains: literalPattern(query ?? ""), mode: "insensitive" } as const;
  return {
    ...(status && { status }),
    ...(deploymentId && { deploymentId }),
    ...(errorCode && { errorCode }),
    ...(version && { revision: { number: version } }),
    ...(apiKeyId && { apiKeyId }),
    ...(slowerMs && { durationMs: { gt: slowerMs } }),
    // As `RunFigures` writes the beginning of a step.
    ...(step && { figures: { contains: literalPattern(`[${JSON.stringify(step)},`) } }),
    ...(asked && { inboxTasks: { some: {} } }),
    ...(rating && { feedback: rating === "none" ? { is: null } : { is: { rating } } }),
    ...(query && { OR: [{ question: holds }, { answer: holds }, { pipeline: { name: holds } }] }),
  };
};

/**
 * The part of a list behind one place and up to another, both by time and then by id; `time` names the column.
 */
const between = <Time extends string>(
  time: Time,
  input: ListInput,
  after: TimeCursor | null,
  last: TimeCursor | null,
) => {
  const { from, until } = input;
  return {
    AND: [
      { [time]: { ...(from && { gte: new Date(from) }), ...(until && { lt: new Date(until) }) } },
      behind(time, after),
      last ? { [time]: { gte: last.at }, OR: [{ [time]: { gt: last.at } }, { id: { gte: last.id } }] } : {},
    ],
  };
};

const latestFirst = [{ startedAt: "desc" as const }, { id: "desc" as const }];
const byPlace = (one: TimeCursor, other: TimeCursor): number =>
  other.at.getTime() - one.at.getTime() || (one.id < other.id ? 1 : one.id > other.id ? -1 : 0);
const placeOf = ({ startedAt, id }: { readonly startedAt: Date; readonly id: string }): TimeCursor => ({
  at: startedAt,
  id,
});

/** The sources that are read. Deployments are called, and by nothing else: another source would be looked through in vain. */
const triggersOf = ({ source, deploymentId }: ListInput): readonly RunTrigger[] => {
  const asked: readonly RunTrigger[] =
    source === undefined ? ["editor", "api"] : source === "all" ? ["editor", "api", "evaluation", "sheet"] : [source];
  return deploymentId === undefined ? asked : asked.filter((trigger) => trigger === "api");
};

/**
 * All runs of the workspace, or of the pipeline, which is known by then to be the workspace's: naming both, the database takes the index of the one that it
 * holds for better, and looks through a million runs for those of a pipeline that has none.
 */
const wholeOf = (workspaceId: string, { pipelineId }: ListInput): Prisma.RunWhereInput =>
  pipelineId === undefined ? { workspaceId } : { pipelineId };

/** Where a search ends for now; null where it reaches the end of the list. */
const endOfSearch = async (
  { prisma }: Database,
  workspaceId: string,
  triggers: readonly RunTrigger[],
  input: ListInput,
  after: TimeCursor | null,
): Promise<TimeCursor | null> => {
  const { deploymentId } = input;
  const ends = await Promise.all(
    triggers.map((trigger) =>
      prisma.run.findFirst({
        where: { ...wholeOf(workspaceId, input), trigger, deploymentId, ...between("startedAt", input, after, null) },
        orderBy: latestFirst,
        skip: mostSearched - 1,
        select: { startedAt: true, id: true },
      }),
    ),
  );
  return ends.flatMap((end) => (end === null ? [] : [placeOf(end)])).sort(byPlace)[0] ?? null;
};

/**
 * Latest first. Each source is read by itself, because an index gives it in order however many runs of experiments and sheets lie between. Those are listed only where
 * they are asked for; else each experiment is one row. Looking for words, a page may hold few or none and have a next one all the same.
 */
export const listRuns = viewerProcedure.input(listInput).query(async ({ ctx, input }) => {
  const { database, workspaceId } = ctx;
  const { prisma } = database;
  const { pipelineId, source, query, limit } = input;
  if (pipelineId !== undefined) {
    const own = { id: pipelineId, workspaceId };
    if ((await prisma.pipeline.findFirst({ where: own, select: { id: true } })) === null) throw notFound("pipeline");
  }
  const after = readCursor(input.cursor);
  const triggers = triggersOf(input);
  const last = query ? await endOfSearch(database, workspaceId, triggers, input, after) : null;
  const take = limit + 1;
  const [byTrigger, experiments] = await Promise.all([
    Promise.all(
      triggers.map((trigger) =>
        prisma.run.findMany({
          where: {
            AND: [
              { ...wholeOf(workspaceId, input), trigger },
              narrowing(input),
              between("startedAt", input, after, last),
            ],
          },
          orderBy: latestFirst,
          take,
          select: runFields,
        }),
      ),
    ),
    source === undefined && input.folded
      ? foldedExperiments(database, workspaceId, input, { between: between("createdAt", input, after, last), take })
      : [],
  ]);
  const runs = byTrigger.flat().map(runListItem);
  const merged = [...runs, ...experiments].map(placeOf).sort(byPlace);
  const shown = new Set(merged.slice(0, limit).map(({ id }) => id));
  const end = merged.length > limit ? merged[limit - 1] : last;
  const items = runs.filter(({ id }) => shown.has(id)).sort((one, other) => byPlace(placeOf(one), placeOf(other)));
  const named = query && after === null ? await ofId(database, workspaceId, query) : null;
  return {
    items: named === null ? items : [named, ...items.filter(({ id }) => id !== named.id)],
    experiments: experiments.filter(({ id }) => shown.has(id)),
    nextCursor: end ? writeCursor(end) : null,
  };
});

/** The run of an id that somebody pasted, however long ago it was and whatever the list is narrowed to. */
const ofId = async ({ prisma }: Database, workspaceId: string, id: string): Promise<RunListItem | null> => {
  const run = await prisma.run.findFirst({ where: { id, workspaceId }, select: runFields });
  return run && runListItem(run);
};
