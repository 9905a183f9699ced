import type { Report } from "@/runtime/eval/contract/report";
import { normalQuantile } from "@/runtime/eval/statistics/normal";
import type { VarianceParts } from "@/runtime/eval/statistics/variance-parts";
import type { Database } from "@/server/platform/db/database";
import { storedSpec } from "./ready-experiment";

/** Experiments looked at. */
const looked = 20;

/** What an earlier experiment showed of a metric. */
export interface Pilot {
  readonly experiment: string;
  /** Standard deviation of the difference of one independent row, of the two versions that differed most. */
  readonly deviation: number;
  /** Where it repeated its rows: what that is made of. */
  readonly parts: VarianceParts | null;
  readonly repeats: number;
  /** The baseline's value, and the deviation of one row's; null where the metric has no values of its own. */
  readonly value: { readonly mean: number; readonly deviation: number } | null;
}

/** By scorer type and metric key, from the latest experiments of the pipeline that compared anything. A version against itself shows less than two versions would. */
export const pilotsOf = async (
  { prisma }: Database,
  workspaceId: string,
  pipelineId: string,
): Promise<ReadonlyMap<string, Pilot>> => {
  const experiments = await prisma.experiment.findMany({
    where: { workspaceId, pipelineId, endedAt: { not: null } },
    orderBy: { createdAt: "desc" },
    take: looked,
    select: { name: true, spec: true, report: true },
  });
  const known = new Map<string, Pilot>();
  for (const { name, spec, report: stored } of experiments) {
    const report = stored as unknown as Report | null;
    const { scorers, variants, repeats } = storedSpec(spec);
    if (report === null || new Set(variants.map(({ revisionId }) => revisionId)).size < 2) continue;
    const types = new Map(scorers.map(({ id, type }) => [id, type]));
    for (const { id, scorerId, comparisons, values } of report.metrics) {
      const place = `${types.get(scorerId)}${id.slice(scorerId.length)}`;
      const deviationOf = ({ error, clusters }: (typeof comparisons)[number]) => (error ?? 0) * Math.sqrt(clusters);
      const [widest] = comparisons.toSorted((one, other) => deviationOf(other) - deviationOf(one));
      if (widest === undefined || !(deviationOf(widest) > 0) || known.has(place)) continue;
      const base = values[report.baseline];
      const { value = 0, low = null, high = null } = base?.estimate ?? {};
      const reach = normalQuantile(0.5 + report.confidence / 2);
      known.set(place, {
        experiment: name,
        deviation: deviationOf(widest),
        parts: widest.parts ?? null,
        repeats,
        value:
          base === undefined || low === null || high === null
            ? null
            : { mean: value, deviation: ((high - low) / (2 * reach)) * Math.sqrt(base.rows) },
      });
    }
  }
  return known;
};

/** The deviation where rows are repeated as often as planned, in the place of as often as then. */
export const deviationAt = ({ deviation, parts, repeats: before }: Pilot, repeats: number): number => {
  if (parts === null) return deviation;
  const { between, within } = parts;
  const then = between + within / before;
  return then > 0 ? deviation * Math.sqrt((between + within / repeats) / then) : deviation;
};
