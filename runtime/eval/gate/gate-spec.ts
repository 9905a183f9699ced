import { z } from "zod";
import { datasetSplits } from "../contract/dataset-row";
import { scorerSpec } from "../contract/experiment-spec";
import { evalLimits } from "../contract/limits";

/** What one metric must show. At least one of the three is set. */
export const gateRequirement = z
  .strictObject({
    /** `<scorer id>.<metric key>` */
    metric: z.string().min(3).max(100),
    /** Not worse than the live version by more than this, in the metric's own units. null: not asked. */
    margin: z.number().min(0).max(1e12).nullable().default(null),
    /** The value is at least, or at most, this. */
    floor: z.number().min(-1e12).max(1e12).nullable().default(null),
    ceiling: z.number().min(-1e12).max(1e12).nullable().default(null),
  })
  .refine(
    ({ margin, floor, ceiling }) => margin !== null || floor !== null || ceiling !== null,
    "A requirement asks for a margin, a floor or a ceiling.",
  );

/** What a version must show on a dataset before it may go live. */
export const gateSpec = z
  .strictObject({
    scorers: z.array(scorerSpec).min(1).max(evalLimits.scorers),
    requirements: z.array(gateRequirement).min(1).max(20),
    rows: z
      .strictObject({
        splits: z.array(z.enum(datasetSplits)).max(3).default([]),
        tags: z.array(z.string().max(evalLimits.tagCharacters)).max(evalLimits.tags).default([]),
        most: z.int().min(1).max(evalLimits.rows).nullable().default(null),
      })
      .prefault({}),
    /** Pipeline input by name -> column of the dataset; left out: the column of the same name. */
    inputs: z.record(z.string().max(128), z.string().max(evalLimits.columnNameCharacters)).default({}),
    repeats: z.int().min(1).max(evalLimits.repeats).default(1),
    /** One-sided error is half of it: 0.1 is the usual 95 % one-sided bound of a non-inferiority test. */
    alpha: z.number().gt(0).max(0.2).default(0.1),
    concurrency: z.int().min(1).max(evalLimits.concurrency).default(8),
    budgetMicroUsd: z.int().min(0).nullable().default(null),
  })
  .superRefine(({ scorers, requirements }, context) => {
    for (const [index, { metric }] of requirements.entries())
      if (!scorers.some(({ id }) => metric.startsWith(`${id}.`)))
        context.addIssue({
          code: "custom",
          path: ["requirements", index, "metric"],
          message: `No scorer has the metric "${metric}".`,
        });
  });
export type GateSpec = z.output<typeof gateSpec>;
