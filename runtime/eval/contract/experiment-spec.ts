import { z } from "zod";
import { nodeOverride } from "@/runtime/graph/overrides";
import { datasetSplits } from "./dataset-row";
import { evalLimits } from "./limits";

const identifier = z.string().min(1).max(64);
const key = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);

/** A revision of the pipeline, with settings of some of its nodes replaced. Frozen when the experiment starts: `revisionId` is what then runs. */
export const variantSpec = z.strictObject({
  /** `a`, `b`, … : short, unique, shown in charts. */
  key,
  label: z.string().trim().min(1).max(evalLimits.nameCharacters),
  revisionId: identifier,
  /** Settings laid over those of the revision, node by node; already part of `revisionId`'s document, kept to be shown. */
  overrides: z.array(nodeOverride).max(evalLimits.overrides).default([]),
});

export const scorerSpec = z.strictObject({
  id: key,
  type: z.string().min(1).max(64),
  config: z.record(z.string(), z.json()).default({}),
  /** Name of the pipeline's output that is scored. Left out: its only one. */
  output: z.string().max(128).optional(),
  /** Name of the dataset's expected column it is compared with. Left out: its only one. */
  expected: z.string().max(evalLimits.columnNameCharacters).optional(),
});

/** What is known of a row before it is run: the baseline's score of it in an earlier experiment, the length of its inputs. */
export const covariateNames = ["earlier", "length"] as const;

/** What a draft and a spec say in the same words. */
const shared = {
  pipelineId: identifier,
  /** Key of the variant the others are compared with. */
  baseline: key,
  /** Pipeline input by name -> column of the dataset. Left out: the column of the same name. */
  inputs: z.record(z.string(), z.string()).default({}),
  rows: z
    .strictObject({
      splits: z.array(z.enum(datasetSplits)).max(3).default([]),
      /** Rows with one of these; empty is all. */
      tags: z.array(z.string().max(evalLimits.tagCharacters)).max(evalLimits.tags).default([]),
      /** The first so many, in an order that the seed shuffles. */
      most: z.int().min(1).max(evalLimits.rows).nullable().default(null),
    })
    .prefault({}),
  repeats: z.int().min(1).max(evalLimits.repeats).default(1),
  scorers: z.array(scorerSpec).min(1).max(evalLimits.scorers),
  /** `<scorer id>.<metric key>`: what the verdict is about. */
  primary: z.string().min(3).max(100),
  alpha: z.number().gt(0).max(0.2).default(0.05),
  /** For many metrics and variants. */
  correction: z.enum(["holm", "benjamini-hochberg"]).default("holm"),
  /** Not worse than this (in the primary metric's own units) counts as good enough. null: no such question. */
  margin: z.number().positive().nullable().default(null),
  /** The main metric is adjusted for these. Said before the experiment, for all of it. */
  covariates: z.array(z.enum(covariateNames)).max(covariateNames.length).default([]),
  /** Variants that another is surely better than are not run any further. */
  dropLosers: z.boolean().default(false),
  concurrency: z.int().min(1).max(evalLimits.concurrency).default(8),
  /** Stops before it is passed; null is no cap. Cells without a known price count as nothing. */
  budgetMicroUsd: z.int().min(0).nullable().default(null),
  /** Take answers of earlier experiments where revision, inputs and repeat are the same. */
  useCache: z.boolean().default(true),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(1),
};

interface Named {
  readonly variants: readonly { readonly key: string }[];
  readonly scorers: readonly { readonly id: string }[];
  readonly baseline: string;
  readonly primary: string;
}

const checkNames = (spec: Named, context: z.core.$RefinementCtx) => {
  const say = (path: (string | number)[], message: string) => context.addIssue({ code: "custom", path, message });
  const twice = (keys: readonly string[]) => keys.findIndex((each, index) => keys.indexOf(each) !== index);
  const variant = twice(spec.variants.map((each) => each.key));
  if (variant >= 0) say(["variants", variant, "key"], "Two variants have the same key.");
  const scorer = twice(spec.scorers.map((each) => each.id));
  if (scorer >= 0) say(["scorers", scorer, "id"], "Two scorers have the same id.");
  if (!spec.variants.some((each) => each.key === spec.baseline))
    say(["baseline"], "The baseline is none of the variants.");
  const [primary] = spec.primary.split(".");
  if (!spec.scorers.some(({ id }) => id === primary))
    say(["primary"], "The main metric belongs to none of the scorers.");
};

/** An experiment as a person asks for it: the draft, the live version or a dataset as it is now are frozen when it starts. */
export const experimentDraft = z
  .strictObject({
    ...shared,
    datasetId: identifier,
    variants: z
      .array(
        variantSpec.omit({ revisionId: true }).extend({
          /** The pipeline's saved draft, what is live, or a certain revision. */
          revision: z.union([z.literal("draft"), z.literal("live"), z.strictObject({ id: identifier })]),
        }),
      )
      .min(evalLimits.leastVariants)
      .max(evalLimits.variants),
  })
  .superRefine(checkNames);

/** An experiment as it runs: everything in it is frozen. */
export const experimentSpec = z
  .strictObject({
    ...shared,
    datasetVersionId: identifier,
    variants: z.array(variantSpec).min(evalLimits.leastVariants).max(evalLimits.variants),
  })
  .superRefine(checkNames);

export type ScorerSpec = z.output<typeof scorerSpec>;
export type ExperimentSpec = z.output<typeof experimentSpec>;
export type ExperimentDraft = z.output<typeof experimentDraft>;
