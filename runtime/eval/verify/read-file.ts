import { z } from "zod";
import { evalLimits } from "../contract/limits";
import { findScorer } from "../scorers/catalog";
import type { VerifiableReport } from "./verifiable";

const place = z.int().min(0);
const maybe = z.number().nullable();
const score = z.object({ values: z.record(z.string(), maybe) }).loose();
const values = { scorerId: z.string(), variant: place, row: place, repeat: place };

/** As much as the statistics lean on; what else is there is kept as it is. */
const file = z
  .object({
    kind: z.literal("pipewright-report"),
    version: z.literal(1),
    experiment: z.string(),
    task: z
      .object({
        madeAt: z.string(),
        alpha: z.number().gt(0).lt(1),
        correction: z.enum(["holm", "benjamini-hochberg"]),
        margin: maybe,
        seed: z.number(),
        variants: z
          .array(z.object({ key: z.string(), label: z.string() }).loose())
          .min(1)
          .max(evalLimits.variants),
        baseline: place,
        repeats: z.int().min(1).max(evalLimits.repeats),
        primary: z.string(),
        scorers: z
          .array(
            z
              .object({
                id: z.string(),
                type: z.string().refine((type) => findScorer(type) !== undefined, "is no scorer of this version"),
                title: z.object({ en: z.string(), zh: z.string() }),
                pairwise: z.boolean(),
                counts: z.boolean(),
              })
              .loose(),
          )
          .max(evalLimits.scorers),
        rows: z
          .array(
            z
              .object({
                weight: z.number().positive(),
                tags: z.array(z.string()),
                split: z.string().nullable(),
                group: z.string().nullable(),
              })
              .loose(),
          )
          .max(evalLimits.rows),
        cells: z
          .array(
            z
              .object({
                variant: place,
                row: place,
                repeat: place,
                status: z.enum(["success", "failure"]),
                durationMs: z.number(),
                attempts: z.int().min(1).optional(),
                inputTokens: maybe,
                outputTokens: maybe,
                costMicroUsd: maybe,
                scores: z.record(z.string(), score),
              })
              .loose(),
          )
          .max(evalLimits.cells),
        pairs: z.array(z.object({ ...values, value: maybe }).loose()).max(evalLimits.cells * evalLimits.scorers),
        labels: z.array(z.object({ ...values, value: z.number() }).loose()).optional(),
        cached: z.array(z.number()),
        cellsTotal: place,
        cautions: z.array(z.string()),
      })
      .loose(),
    digests: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
    report: z.object({ version: z.literal(1) }).loose(),
  })
  .superRefine(({ task }, context) => {
    const { variants, rows, cells, baseline } = task;
    const say = (path: (string | number)[], message: string) => context.addIssue({ code: "custom", path, message });
    if (baseline >= variants.length) say(["task", "baseline"], "is none of the variants");
    const wrong = cells.findIndex(({ variant, row }) => variant >= variants.length || row >= rows.length);
    if (wrong >= 0) say(["task", "cells", wrong], "is of a variant or row that is not there");
  });

export type ReadFile =
  | { readonly ok: true; readonly value: VerifiableReport }
  | { readonly ok: false; readonly problems: readonly string[] };

const pathOf = (path: readonly PropertyKey[]): string =>
  path
    .map((step, place) => (typeof step === "number" ? `[${step}]` : `${place === 0 ? "" : "."}${String(step)}`))
    .join("");

/** Problems that are told. */
const most = 10;

/** The text of an exported report; or why it is none, and where. */
export const readVerifiable = (text: string): ReadFile => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { ok: false, problems: [`The file is not JSON: ${error instanceof Error ? error.message : error}`] };
  }
  if ((json as { kind?: unknown } | null)?.kind !== "pipewright-report")
    return { ok: false, problems: ["The file is no report with its cells. Export it as “JSON, to verify”."] };
  const read = file.safeParse(json);
  if (!read.success)
    return {
      ok: false,
      problems: read.error.issues.slice(0, most).map(({ path, message }) => `${pathOf(path)}: ${message}`),
    };
  // What was read, not what the schema made of it: digests are of every field that is there.
  return { ok: true, value: json as VerifiableReport };
};
