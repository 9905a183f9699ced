import { canonicalJson } from "@/runtime/graph/hash";
import { readLog } from "@/server/domain/run-log/log-text";
import { notFound } from "@/server/platform/guard/application-error";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { type RecentInputs, recentInputsInput } from "./run.types";

/** Runs that are looked through: many of them often had the same inputs. */
const mostRuns = 40;
/** Characters of JSON beyond which inputs are not offered again. */
const longest = 200_000;

/** What a pipeline was last given by people and callers, each once, newest first. Rows of experiments stand in their datasets. */
export const recentInputs = viewerProcedure.input(recentInputsInput).query(async ({ ctx, input }) => {
  const { prisma } = ctx.database;
  const own = { id: input.pipelineId, workspaceId: ctx.workspaceId };
  if ((await prisma.pipeline.findFirst({ where: own, select: { id: true } })) === null) throw notFound("pipeline");
  const runs = await prisma.run.findMany({
    where: { workspaceId: ctx.workspaceId, pipelineId: input.pipelineId, trigger: { notIn: ["evaluation", "sheet"] } },
    orderBy: [{ startedAt: "desc" }, { id: "desc" }],
    take: mostRuns,
    select: { id: true, startedAt: true, events: { where: { firstSeq: 0 }, select: { events: true } } },
  });
  const found = new Map<string, RecentInputs>();
  for (const { id, startedAt, events } of runs) {
    const [first] = readLog(events[0]?.events ?? "[]", id, 0);
    if (first?.type !== "run-start" || first.part?.within !== undefined || first.part?.mode === "alone") continue;
    const key = canonicalJson(first.inputs);
    if (key.length > longest || found.has(key)) continue;
    found.set(key, { runId: id, startedAt, inputs: first.inputs });
    if (found.size === input.limit) break;
  }
  return [...found.values()];
});
