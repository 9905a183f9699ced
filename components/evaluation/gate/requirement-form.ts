import type { RouterInputs, RouterOutputs } from "@/components/trpc/client";
import type { MetricDefinition } from "@/runtime/eval/contract/metric";
import { findScorer } from "@/runtime/eval/scorers/catalog";
import { metricsOf } from "@/runtime/eval/scorers/metrics-of";

type Spec = RouterInputs["gate"]["set"]["spec"];
type StoredSpec = NonNullable<RouterOutputs["gate"]["get"]["gate"]>["spec"];

/** A requirement as it is typed: shares in percent, everything else in the metric's unit. */
export interface RequirementForm {
  readonly type: string;
  readonly metric: string;
  readonly margin: string;
  readonly floor: string;
  readonly ceiling: string;
}

export const isShare = (metric: MetricDefinition | undefined): boolean =>
  metric !== undefined && metric.unit === undefined && metric.scale !== "number";

export const metricOf = ({ type, metric }: Pick<RequirementForm, "type" | "metric">): MetricDefinition | undefined => {
  const scorer = findScorer(type);
  return scorer && metricsOf(scorer).find(({ key }) => key === metric);
};

const shown = (value: number | null, factor: number) =>
  value === null ? "" : String(Number((value * factor).toPrecision(12)));

export const formOf = (spec: StoredSpec): RequirementForm[] =>
  spec.requirements.map(({ metric: id, margin, floor, ceiling }) => {
    const dot = id.indexOf(".");
    const type = spec.scorers.find((scorer) => scorer.id === id.slice(0, dot))?.type ?? "";
    const metric = id.slice(dot + 1);
    const factor = isShare(metricOf({ type, metric })) ? 100 : 1;
    return {
      type,
      metric,
      margin: shown(margin, factor),
      floor: shown(floor, factor),
      ceiling: shown(ceiling, factor),
    };
  });

const read = (text: string, factor: number): number | null | undefined => {
  if (text.trim() === "") return null;
  const value = Number(text) / factor;
  return Number.isFinite(value) ? value : undefined;
};

/** The spec that was typed; null where a number is none, or a requirement asks for nothing. Scorers that were there keep their settings. */
export const specOf = (
  forms: readonly RequirementForm[],
  former: StoredSpec | null,
  most: number | null,
): Spec | null => {
  const scorers = new Map<string, Spec["scorers"][number]>();
  const requirements: Spec["requirements"] = [];
  for (const form of forms) {
    const factor = isShare(metricOf(form)) ? 100 : 1;
    const [margin, floor, ceiling] = [form.margin, form.floor, form.ceiling].map((text) => read(text, factor));
    if (margin === undefined || floor === undefined || ceiling === undefined) return null;
    if ((margin === null && floor === null && ceiling === null) || (margin !== null && margin < 0)) return null;
    const known = scorers.get(form.type) ?? former?.scorers.find(({ type }) => type === form.type);
    const scorer = known ?? { id: form.type.replace(/[^a-z0-9]+/g, "-"), type: form.type, config: {} };
    scorers.set(form.type, scorer);
    requirements.push({ metric: `${scorer.id}.${form.metric}`, margin, floor, ceiling });
  }
  if (requirements.length === 0) return null;
  const kept = former ?? {};
  return { ...kept, scorers: [...scorers.values()], requirements, rows: { ...former?.rows, most } };
};
