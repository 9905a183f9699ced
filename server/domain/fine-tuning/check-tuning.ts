import type { z } from "zod";
import { checkPairs, type PairFinding } from "@/runtime/fine-tuning/trainer/check-pairs";
import type { TrainerBase, TrainerCapabilities, TrainerPreview } from "@/runtime/fine-tuning/trainer/contract";
import { type Forecast, forecast } from "@/runtime/fine-tuning/trainer/forecast";
import type { Database } from "@/server/platform/db/database";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { evaluationQuestions } from "./evaluation-questions";
import { checkInput, tuningLimits } from "./fine-tuning.types";
import { openTrainer } from "./open-trainer";
import { maskPairs } from "./personal-rows";
import { asRefusal } from "./refuse-trainer";
import { rowsOfSource, type SourceRows } from "./rows-of-source";
import { findTrainer } from "./tuning-row";

export interface TuningCheck {
  readonly sourceName: string;
  readonly trainRows: number;
  readonly heldOutRows: number;
  readonly findings: readonly PairFinding[];
  /** Rows as the trainer will see them, and what it would cut off; judged by `previewed` rows. */
  readonly preview: TrainerPreview;
  readonly previewed: number;
  readonly base: TrainerBase | null;
  /** null on a CPU, or where the base does not say its shape. */
  readonly forecast: Forecast | null;
  /** Why no job may begin: what the findings, the preview or the trainer say. */
  readonly stops: readonly TuningStop[];
}
export const tuningStops = [
  "findings",
  "nothing-usable",
  "does-not-fit",
  "method-not-offered",
  "base-unusable",
  "context-too-long",
] as const;
export type TuningStop = (typeof tuningStops)[number];

type CheckInput = z.output<typeof checkInput>;

/** What is known before a job begins. Throws `TrainerFailure` or `ApplicationError`. */
export const checkTuning = async (
  database: Database,
  workspaceId: string,
  input: CheckInput,
  signal?: AbortSignal,
): Promise<{ check: TuningCheck; rows: SourceRows }> => {
  const { endpointId } = await findTrainer(database, workspaceId, input.trainerId);
  const given = await rowsOfSource(database, workspaceId, input.source, input);
  const except = input.source.kind === "dataset" ? input.source.id : null;
  const [questions, personal] = await Promise.all([
    evaluationQuestions(database, workspaceId, except),
    maskPairs(given.pairs, input.mask ? Number.POSITIVE_INFINITY : tuningLimits.personalRows),
  ]);
  const findings = checkPairs(given.pairs, questions, personal.places);
  const rows = { name: given.name, pairs: input.mask ? personal.pairs : given.pairs };
  const trainer = await openTrainer(database, workspaceId, endpointId);
  const [capabilities, bases] = await Promise.all([trainer.capabilities(signal), trainer.bases(signal)]);
  const base = bases.find(({ name }) => name === input.base) ?? null;
  const learnt = rows.pairs.filter(({ heldOut }) => !heldOut);
  const shown = learnt.slice(0, tuningLimits.previewRows).map(({ prompt, answer }) => ({ prompt, answer }));
  const preview: TrainerPreview =
    shown.length === 0
      ? {
          rows: [],
          lengths: {},
          report: {
            rows: 0,
            used: 0,
            emptyAnswers: 0,
            withoutRoom: 0,
            truncated: 0,
            longestTokens: 0,
            tokens: 0,
            answerTokens: 0,
          },
        }
      : await trainer.preview(
          { base: input.base, stage: "sft", contextTokens: input.settings.contextTokens, rows: shown },
          signal,
        );
  const made = forecastOf(input, capabilities, base, preview, shown.length, learnt.length);
  const stops: TuningStop[] = [];
  if (findings.some(({ severity }) => severity === "error")) stops.push("findings");
  if (preview.report.used === 0) stops.push("nothing-usable");
  if (!capabilities.methods.includes(input.method)) stops.push("method-not-offered");
  if (base?.fault !== undefined) stops.push("base-unusable");
  if (base?.contextTokens !== undefined && input.settings.contextTokens > base.contextTokens)
    stops.push("context-too-long");
  if (made !== null && !made.fits) stops.push("does-not-fit");
  return {
    rows,
    check: {
      sourceName: rows.name,
      trainRows: learnt.length,
      heldOutRows: rows.pairs.length - learnt.length,
      findings,
      preview,
      previewed: shown.length,
      base,
      forecast: made,
      stops,
    },
  };
};

const forecastOf = (
  { method, settings }: CheckInput,
  { devices }: TrainerCapabilities,
  base: TrainerBase | null,
  { report }: TrainerPreview,
  shown: number,
  all: number,
): Forecast | null => {
  const [gpu] = devices;
  if (gpu === undefined || base?.parameters === undefined || base.layers === undefined || base.hidden === undefined)
    return null;
  return forecast({
    method,
    parameters: base.parameters,
    layers: base.layers,
    hidden: base.hidden,
    contextTokens: Math.min(settings.contextTokens, Math.max(report.longestTokens, 8)),
    batchSize: settings.batchSize,
    gradientCheckpointing: settings.gradientCheckpointing,
    gpuBytes: gpu.memoryBytes,
    gpuName: gpu.name,
    tokens: shown === 0 ? 0 : (report.tokens * all) / shown,
    epochs: settings.epochs,
  });
};

/** A changing call, though it stores nothing: it sends rows to the trainer, so it needs a request of our own page. */
export const check = editorProcedure
  .input(checkInput)
  .mutation(async ({ ctx, input, signal }): Promise<TuningCheck> => {
    try {
      return (await checkTuning(ctx.database, ctx.workspaceId, input, signal)).check;
    } catch (error) {
      return asRefusal(error);
    }
  });
