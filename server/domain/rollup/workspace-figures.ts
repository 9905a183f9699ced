import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { figuresOf, periodOf, sumOf } from "./figures-of";
import { addMeasures, type Measures, noMeasures } from "./measures";
import { readRollups } from "./read-rollups";
import { rolledUntil } from "./roll-up";
import { ofWorkspaceInput, rollupLimits, type WorkspaceFigures } from "./rollup.types";

/** How all deployments of a workspace did over a period, against the period before. */
export const workspaceFigures = viewerProcedure
  .input(ofWorkspaceInput)
  .query(async ({ ctx: { database, workspaceId }, input }): Promise<WorkspaceFigures> => {
    const { edges, before } = input.period;
    const now = Date.now();
    const scope = { workspaceId, deploymentId: null };
    const first = edges[0] as number;
    const [mark, current, former] = await Promise.all([
      rolledUntil(database),
      readRollups(database, scope, "all", edges, now),
      readRollups(database, scope, "all", [before, first], now),
    ]);
    const stretches: Measures[] = edges.slice(1).map(noMeasures);
    const byDeployment = [...current].map(([id, of]) => {
      const own = of.get("") ?? [];
      own.forEach((measures, place) => {
        addMeasures(stretches[place] as Measures, measures);
      });
      return { id, measures: sumOf(own) };
    });
    // One that was busy before and is silent now is what somebody looks for here.
    const silent = [...former.keys()].filter((id) => !current.has(id)).map((id) => ({ id, measures: noMeasures() }));
    const formerOf = (id: string) => sumOf(former.get(id)?.get("") ?? []);
    const listed = [...byDeployment, ...silent]
      .sort((one, other) => other.measures.runs - one.measures.runs)
      .slice(0, rollupLimits.named);
    const rows = await database.prisma.deployment.findMany({
      where: { workspaceId, id: { in: listed.map(({ id }) => id) } },
      select: { id: true, slug: true, pipeline: { select: { name: true } } },
    });
    const previous = sumOf([...former.values()].flatMap((of) => of.get("") ?? []));
    return {
      ...periodOf(edges, stretches, previous, { mark, now }),
      deployments: listed.map(({ id, measures }) => {
        const row = rows.find((each) => each.id === id);
        return {
          id,
          slug: row?.slug ?? null,
          pipeline: row?.pipeline.name ?? null,
          figures: figuresOf(measures),
          before: figuresOf(formerOf(id)),
        };
      }),
    };
  });
