import { notFound } from "@/server/platform/guard/application-error";
import { sourceKindOf } from "@/server/platform/route/source";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { figuresOf, periodOf, sumOf } from "./figures-of";
import { others } from "./measures";
import { readRollups } from "./read-rollups";
import { rolledUntil } from "./roll-up";
import { type DeploymentFigures, ofDeploymentInput, rollupLimits } from "./rollup.types";
import { countAbove } from "./sketch";

/** How a deployment did over a period, by version, key and step, against the period before. */
export const deploymentFigures = viewerProcedure
  .input(ofDeploymentInput)
  .query(async ({ ctx: { database, workspaceId }, input }): Promise<DeploymentFigures> => {
    const { id } = input;
    const { edges, before } = input.period;
    const { prisma } = database;
    const deployment = await prisma.deployment.findFirst({
      where: { id, workspaceId },
      select: { latencyBudgetMs: true, pipelineId: true, revision: { select: { document: true } } },
    });
    if (deployment === null) throw notFound("deployment");
    const now = Date.now();
    const scope = { workspaceId, deploymentId: id };
    const [first, last] = [edges[0] as number, edges.at(-1) as number];
    const read = async (by: "all" | "version" | "key" | "step", cut: readonly number[]) =>
      (await readRollups(database, scope, by, cut, now)).get(id) ?? new Map();
    const [mark, all, former, versions, keys, steps] = await Promise.all([
      rolledUntil(database),
      read("all", edges),
      read("all", [before, first]),
      read("version", [first, last]),
      read("key", [first, last]),
      read("step", [first, last]),
    ]);
    const stretches = all.get("") ?? edges.slice(1).map(() => sumOf([]));
    const total = sumOf(stretches);
    const { latencyBudgetMs } = deployment;
    const named = (of: Awaited<ReturnType<typeof read>>) =>
      [...of]
        .map(([name, [measures = sumOf([])]]) => ({ id: name === others ? null : name, ...figuresOf(measures) }))
        .sort((one, other) => other.runs - one.runs)
        .slice(0, rollupLimits.named);
    const [byVersion, byKey, byStep] = [named(versions), named(keys), named(steps)];
    const [numbers, names] = await Promise.all([
      prisma.revision.findMany({
        where: { workspaceId, id: { in: byVersion.flatMap(({ id: version }) => version ?? []) } },
        select: { id: true, number: true },
      }),
      prisma.apiKey.findMany({
        where: { workspaceId, id: { in: byKey.flatMap(({ id: key }) => key ?? []) } },
        select: { id: true, name: true, prefix: true },
      }),
    ]);
    const nodes = nodesOf(deployment.revision.document);
    return {
      ...periodOf(edges, stretches, sumOf(former.get("") ?? []), { mark, now }),
      latencyBudgetMs,
      overBudget: latencyBudgetMs === null ? null : countAbove(total.duration, latencyBudgetMs),
      versions: byVersion.map((each) => ({
        ...each,
        number: numbers.find(({ id: version }) => version === each.id)?.number ?? null,
      })),
      keys: byKey.map((each) => {
        const key = names.find(({ id: known }) => known === each.id);
        return { ...each, name: key?.name ?? null, prefix: key?.prefix ?? null, source: sourceKindOf(each.id) };
      }),
      steps: byStep
        .map((each) => ({
          ...each,
          label: nodes.get(each.id ?? "")?.label ?? null,
          type: nodes.get(each.id ?? "")?.type ?? null,
        }))
        .sort((one, other) => (other.mean ?? 0) * other.runs - (one.mean ?? 0) * one.runs),
    };
  });

interface Named {
  readonly id: string;
  readonly type: string;
  readonly label?: string;
}

/** The steps of a frozen document by id; it was checked when it was frozen. */
const nodesOf = (document: unknown): ReadonlyMap<string, Named> => {
  const nodes = (document as { readonly nodes?: readonly Named[] } | null)?.nodes ?? [];
  return new Map(nodes.map((node) => [node.id, node]));
};
