import type { RouterInputs, RouterOutputs } from "@/components/trpc/client";
import type { MetricDefinition } from "@/runtime/eval/contract/metric";
import { findScorer } from "@/runtime/eval/scorers/catalog";
import { metricsOf } from "@/runtime/eval/scorers/metrics-of";
import { sameJson } from "@/runtime/graph/hash";
import { freeScorerId, type ScorerForm } from "../set-up/set-up-form";

type Spec = RouterInputs["gate"]["set"]["spec"];
type StoredSpec = NonNullable<RouterOutputs["gate"]["get"]["gate"]>["spec"];

/** A requirement as it is typed: shares in percent, everything else in the metric's unit. Each holds the settings of its scorer. */
export interface RequirementForm {
  readonly scorer: ScorerForm;
  readonly metric: string;
  readonly margin: string;
  readonly floor: string;
  readonly ceiling: string;
}

/** A scorer that nobody has set up: without an id, which the spec gives it. */
export const newScorer = (type: string): ScorerForm => ({ id: "", type, config: {}, output: null, expected: null });

export const isShare = (metric: MetricDefinition | undefined): boolean =>
  metric !== undefined && metric.unit === undefined && metric.scale !== "number";

export const metricOf = ({ scorer, metric }: RequirementForm): MetricDefinition | undefined => {
  const definition = findScorer(scorer.type);
  return definition && metricsOf(definition).find(({ key }) => key === metric);
};

const shown = (value: number | null, factor: number) =>
  value === null ? "" : String(Number((value * factor).toPrecision(12)));

export const formOf = (spec: StoredSpec): RequirementForm[] =>
  spec.requirements.map(({ metric: id, margin, floor, ceiling }) => {
    const dot = id.indexOf(".");
    const stored = spec.scorers.find((scorer) => scorer.id === id.slice(0, dot));
    const scorer = stored
      ? { ...stored, output: stored.output ?? null, expected: stored.expected ?? null }
      : newScorer("");
    const form = { scorer, metric: id.slice(dot + 1), margin: "", floor: "", ceiling: "" };
    const factor = isShare(metricOf(form)) ? 100 : 1;
    return {
      ...form,
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

const isSame = (one: ScorerForm, other: ScorerForm): boolean => sameJson({ ...one, id: "" }, { ...other, id: "" });

/** What of the spec the requirements do not say. */
export interface GateRest {
  readonly rows: Spec["rows"];
  readonly inputs: Readonly<Record<string, string>>;
}

/**
 * The spec that was typed; null where a number is none, or a requirement asks for nothing. Requirements whose scorers are set alike share one, so that it is
 * asked once.
 */
export const specOf = (
  forms: readonly RequirementForm[],
  former: StoredSpec | null,
  { rows, inputs }: GateRest,
): Spec | null => {
  const scorers: ScorerForm[] = [];
  const requirements: Spec["requirements"] = [];
  for (const form of forms) {
    const factor = isShare(metricOf(form)) ? 100 : 1;
    const [margin, floor, ceiling] = [form.margin, form.floor, form.ceiling].map((text) => read(text, factor));
    if (margin === undefined || floor === undefined || ceiling === undefined) return null;
    if ((margin === null && floor === null && ceiling === null) || (margin !== null && margin < 0)) return null;
    let scorer = scorers.find((other) => isSame(other, form.scorer));
    if (scorer === undefined) {
      const isFree = form.scorer.id !== "" && !scorers.some(({ id }) => id === form.scorer.id);
      scorer = { ...form.scorer, id: isFree ? form.scorer.id : freeScorerId(form.scorer.type, scorers) };
      scorers.push(scorer);
    }
    requirements.push({ metric: `${scorer.id}.${form.metric}`, margin, floor, ceiling });
  }
  if (requirements.length === 0) return null;
  return {
    ...(former ?? {}),
    scorers: scorers.map(({ output, expected, ...scorer }) => ({
      ...scorer,
      ...(output !== null && { output }),
      ...(expected !== null && { expected }),
    })),
    requirements,
    rows,
    inputs: { ...inputs },
  };
};
