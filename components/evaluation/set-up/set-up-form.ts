import type { DatasetSplit } from "@/runtime/eval/contract/dataset-row";
import type { ExperimentDraft } from "@/runtime/eval/contract/experiment-spec";
import { evalLimits } from "@/runtime/eval/contract/limits";
import { metricId } from "@/runtime/eval/contract/metric";
import { findScorer } from "@/runtime/eval/scorers/catalog";
import { metricsOf } from "@/runtime/eval/scorers/metrics-of";
import type { GraphDocument } from "@/runtime/graph/document";
import type { NodeOverride } from "@/runtime/graph/overrides";
import { variantsOf } from "@/runtime/graph/variants";

export interface VariantForm {
  readonly key: string;
  readonly label: string;
  /** `draft`, `live`, or the id of a revision. */
  readonly source: string;
  readonly overrides: readonly NodeOverride[];
}

export interface ScorerForm {
  readonly id: string;
  readonly type: string;
  readonly config: ExperimentDraft["scorers"][number]["config"];
  readonly output: string | null;
  readonly expected: string | null;
}

/** What the page holds while an experiment is set up. */
export interface SetUpForm {
  readonly name: string;
  readonly datasetId: string | null;
  readonly variants: readonly VariantForm[];
  readonly baseline: string;
  /** Pipeline input by name -> column, where they are not called the same. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly splits: readonly DatasetSplit[];
  readonly tags: readonly string[];
  readonly most: number | null;
  readonly scorers: readonly ScorerForm[];
  /** null: the first metric there is. */
  readonly primary: string | null;
  /** In the metric's own units. */
  readonly margin: number | null;
  readonly alpha: number;
  readonly repeats: number;
  readonly concurrency: number;
  readonly budgetMicroUsd: number | null;
  readonly useCache: boolean;
  readonly dropLosers: boolean;
  readonly covariates: ExperimentDraft["covariates"];
  readonly seed: number;
}

const letters = "abcdefgh";

/** The first letter that no variant has. */
export const freeKey = (variants: readonly { readonly key: string }[]): string =>
  [...letters].find((letter) => !variants.some(({ key }) => key === letter)) ?? "z";

/** A name for a scorer in the spec: its type's last word, counted on where it is taken. */
export const freeScorerId = (type: string, scorers: readonly { readonly id: string }[]): string => {
  const base = (type.split("/").at(-1) ?? "scorer")
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .slice(0, 36);
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}-${number}`;
    if (!scorers.some((scorer) => scorer.id === id)) return id;
  }
};

export interface OfferedVariant {
  readonly nodeId: string;
  readonly id: string;
  readonly label: string;
  readonly override: NodeOverride;
}

/** The labelled variants of the draft's steps, or of one step. */
export const offeredVariants = (document: GraphDocument, node: string | null): readonly OfferedVariant[] =>
  document.nodes
    .filter(({ id }) => node === null || id === node)
    .flatMap(({ id: nodeId }) =>
      variantsOf(document, nodeId).map(({ id, label, config, unset }) => ({
        nodeId,
        id,
        label,
        override: { nodeId, config, ...(unset && { unset }) },
      })),
    );

/** The draft as it is, and beside it every labelled variant there is room for, or those of the ids that are `wanted`. */
export const startVariants = (
  offered: readonly OfferedVariant[],
  asItIs: string,
  wanted: readonly string[] | null = null,
): readonly VariantForm[] => {
  const chosen = wanted === null ? offered : offered.filter(({ id }) => wanted.includes(id));
  const variants: VariantForm[] = [{ key: "a", label: asItIs, source: "draft", overrides: [] }];
  for (const { label, override } of chosen.slice(0, evalLimits.variants - 1))
    variants.push({ key: freeKey(variants), label, source: "draft", overrides: [override] });
  return variants;
};

/** Ids of the metrics that the form's scorers give, with how they are called. */
export const metricChoices = (scorers: readonly ScorerForm[]) =>
  scorers.flatMap(({ id, type }) => {
    const scorer = findScorer(type);
    return scorer === undefined
      ? []
      : metricsOf(scorer).map((metric) => ({ id: metricId(id, metric.key), metric, scorer }));
  });

/** The metric that the verdict is about: the one chosen while it is there, else the first. */
export const primaryOf = ({ scorers, primary }: SetUpForm): string | null => {
  const choices = metricChoices(scorers);
  return (choices.find(({ id }) => id === primary) ?? choices[0])?.id ?? null;
};

/** What is asked of the server; null while it would be no question: no dataset, no scorer, or a variant without a name. */
export const draftOf = (pipelineId: string, form: SetUpForm): ExperimentDraft | null => {
  const primary = primaryOf(form);
  const { datasetId, variants, scorers } = form;
  if (datasetId === null || primary === null || variants.length === 0) return null;
  if (variants.some(({ label }) => label.trim() === "")) return null;
  return {
    pipelineId,
    datasetId,
    variants: variants.map(({ key, label, source, overrides }) => ({
      key,
      label: label.trim(),
      overrides: [...overrides],
      revision: source === "draft" || source === "live" ? source : { id: source },
    })),
    baseline: form.baseline,
    inputs: { ...form.inputs },
    rows: { splits: [...form.splits], tags: [...form.tags], most: form.most },
    scorers: scorers.map(({ id, type, config, output, expected }) => ({
      id,
      type,
      config: { ...config },
      ...(output !== null && { output }),
      ...(expected !== null && { expected }),
    })),
    primary,
    margin: form.margin,
    alpha: form.alpha,
    correction: "holm",
    repeats: form.repeats,
    concurrency: form.concurrency,
    budgetMicroUsd: form.budgetMicroUsd,
    useCache: form.useCache,
    covariates: [...form.covariates],
    // Of two there is no third to go on with.
    dropLosers: form.dropLosers && variants.length > 2,
    seed: form.seed,
  };
};
