import { z } from "zod";
import { evalLimits } from "./limits";

export const columnKinds = ["text", "number", "boolean", "json", "file"] as const;

/** A column is given to the pipeline (`input`), or is what a good answer would be (`expected`). Names are unique over both roles. */
export const datasetColumn = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1)
    .max(evalLimits.columnNameCharacters)
    .refine((name) => name !== "__proto__"),
  role: z.enum(["input", "expected"]),
  kind: z.enum(columnKinds).default("text"),
});
export type DatasetColumn = z.output<typeof datasetColumn>;

/** Which part of a dataset a row belongs to; null is none in particular. */
export const datasetSplits = ["train", "validation", "test"] as const;
export type DatasetSplit = (typeof datasetSplits)[number];

export const rowSources = ["hand", "file", "run", "feedback", "model"] as const;

const values = z.record(z.string().min(1).max(evalLimits.columnNameCharacters), z.json());

/** One case: what the pipeline is given, and what it should say. This is a line of a frozen version, fields in this order. */
export const datasetRow = z.strictObject({
  /** Stays the same when the row's contents are corrected. */
  id: z.string().min(1).max(64),
  inputs: values,
  expected: values.default({}),
  tags: z.array(z.string().min(1).max(evalLimits.tagCharacters)).max(evalLimits.tags).default([]),
  weight: z.number().positive().max(evalLimits.weight).default(1),
  split: z.enum(datasetSplits).nullable().default(null),
  /** Rows of one group are not independent (turns of one conversation, questions on one document): statistics treat them as one cluster. */
  group: z.string().max(200).nullable().default(null),
  source: z.enum(rowSources).default("hand"),
});
export type DatasetRow = z.output<typeof datasetRow>;
