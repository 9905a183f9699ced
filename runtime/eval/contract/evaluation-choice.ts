import { z } from "zod";
import { evalLimits } from "./limits";

const column = z.string().min(1).max(evalLimits.columnNameCharacters);
const identifier = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\w-]+$/);
const longestConfig = 8_000;

/** What a pipeline's answers are looked at with: chosen once, for comparisons, experiments and the gate. */
export const evaluationChoice = z.strictObject({
  datasetId: identifier,
  /** Pipeline input by name -> column, where they are not called the same. */
  inputs: z
    .record(z.string().max(128), column)
    .refine((inputs) => Object.keys(inputs).length <= evalLimits.columns, "Too many inputs."),
  /** Column that answers are compared with. null: none was chosen; where there is one alone, that one. */
  expected: column.nullable(),
  /** null: none was chosen. */
  scorer: z
    .strictObject({
      type: z.string().min(1).max(64),
      config: z
        .record(z.string().max(64), z.json())
        .refine((config) => JSON.stringify(config).length <= longestConfig, "The settings are too long."),
    })
    .nullable(),
});
export type EvaluationChoice = z.output<typeof evaluationChoice>;
