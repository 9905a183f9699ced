import { setMaxListeners } from "node:events";
import { z } from "zod";
import type { Score, ScoredRun, ScorerContext } from "@/runtime/eval/contract/scorer";
import type { ReadyScorer } from "@/runtime/eval/scorers/check-scorers";
import { scoreCell } from "@/runtime/eval/scorers/score-cell";
import { wholeReplies } from "@/runtime/model/whole-replies";
import { isNodeFailure } from "@/runtime/node/node-failure";
import type { Plan } from "@/runtime/plan/plan";
import { workspaceGateway } from "@/server/domain/endpoint/workspace-gateway";
import { scorerContext } from "@/server/domain/evaluation/scorer-context";
import { planOfRevision } from "@/server/domain/revision/plan-of-revision";
import type { RunIdentity } from "@/server/domain/run/run-record";
import { createRunVault } from "@/server/domain/run/vault/run-vault";
import { workspaceServices } from "@/server/domain/run/workspace-services";
import { defineJob } from "@/server/platform/job/define-job";
import { JobFailure } from "@/server/platform/job/job-failure";
import { jobPatience } from "@/server/platform/job/job-patience";
import { throwIfInterrupted } from "@/server/platform/readiness/interrupted-by-outage";
import { Budget, type Purse } from "./budget";
import { CellWriter } from "./cell-writer";
import { LoserWatch } from "./drop-losers";
import { countLeakage } from "./find-leakage";
import { lookOf, recordLook } from "./looks";
import { makeReport } from "./make-report";
import { missingAnswers } from "./missing-answers";
import { type Losers, type OpenCell, openCells } from "./open-cells";
import { metricIdsOf, readyScorers, storedSpec } from "./ready-experiment";
import { repeatInParallel } from "./repeat-in-parallel";
import { ReportPace } from "./report-pace";
import { RowTally } from "./row-tally";
import { type CellWorld, runCell } from "./run-cell";
import type { ScoreError } from "./score-error";
import { scorePairs } from "./score-pairs";
import { scorerHash } from "./scorer-hash";

/** So many first answers that are all failures mean that the rest will fail too. */
const hopeless = 12;
/** So many in a row that could not be had mean that the model is not back soon. Each has waited long. */
const hopelesslyAway = 6;
/** Answers that may wait to be stored before no new one is begun. */
const mostWaiting = 2_000;

export const experimentJobInput = z.strictObject({ experimentId: z.string() });

/** Runs what is missing of an experiment: its cells are the checkpoint, so that it goes on where it was after the process died. */
export const experimentJob = defineJob({
  kind: "experiment/run",
  input: experimentJobInput,
  run: async ({ input, database, workspaceId, userId, signal, progress }) => {
    const { prisma } = database;
    const id = input.experimentId;
    // Every answer under way listens to it.
    setMaxListeners(0, signal);
    const experiment = await prisma.experiment.findFirst({ where: { id, workspaceId } });
    if (experiment === null) throw new JobFailure("experiment-gone", "The experiment was deleted.");
    const spec = storedSpec(experiment.spec);
    const plans: Plan[] = [];
    for (const { revisionId, label } of spec.variants) {
      const compiled = await planOfRevision(database, revisionId);
      if (!compiled.ok)
        throw new JobFailure("variant-broken", `The variant "${label}" can no longer run. Start the experiment anew.`);
      plans.push(compiled.value);
    }
    const scorers = readyScorers(spec);
    const metrics = metricIdsOf(spec);
    const baseline = spec.variants.findIndex(({ key }) => key === spec.baseline);

    const losers = await LoserWatch.begin(database, experiment, spec, await lookOf(database, experiment, spec));
    let budget = new Budget(spec.budgetMicroUsd, Number(experiment.spentMicroUsd));
    let done = experiment.cellsDone;
    let total = experiment.cellsTotal;
    progress({ stage: "run", done, total });
    const writer = new CellWriter(database, workspaceId, id);
    const tally = await RowTally.read(database, id, spec.variants.length * spec.repeats);
    const patience = jobPatience(progress);
    const contextOf = (onCost: (microUsd: number | null) => void) =>
      scorerContext({ database, workspaceId, userId, signal, onCost, patience });
    const shared = workspaceServices(database, workspaceId);
    const world: CellWorld = {
      workspaceId,
      pipelineId: experiment.pipelineId,
      models: wholeReplies(workspaceGateway(database, workspaceId)),
      patience,
      services: (run: RunIdentity) => ({
        ...shared,
        vault: createRunVault(database, userId === null ? run : { ...run, userId }),
      }),
      signal,
    };
    const leaks = await countLeakage(database, workspaceId, id, spec);
    const cautions = leaks > 0 ? ["leakage"] : [];
    const report = () => makeReport(database, workspaceId, id, { cautions, signal });
    const pace = new ReportPace(report);

    let ended = 0;
    let failed = 0;
    let unansweredInARow = 0;
    let failure: ScoredRun["error"] = null;
    let stop: JobFailure | null = null;
    const overBudget = () => {
      stop ??= new JobFailure(
        "budget-reached",
        "The next answer would go beyond the budget. What is done stays; resume with a larger budget.",
      );
    };

    const finish = async (cell: OpenCell, purse: Purse) => {
      const plan = plans[cell.variant] as Plan;
      const { revisionId } = spec.variants[cell.variant] as (typeof spec.variants)[number];
      const fresh = cell.cached === null ? await runCell(world, { revisionId, plan }, cell.inputs) : null;
      const scored = cell.cached?.run ?? fresh?.scored;
      if (scored === undefined) return;
      throwIfInterrupted(scored.error);
      if (fresh !== null) purse.pay(scored.costMicroUsd);
      const isUnanswered = fresh?.isUnanswered === true;
      const { scores, scoreErrors } = isUnanswered
        ? { scores: {}, scoreErrors: {} }
        : await scoreAll(scorers, cell, scored, contextOf(purse.pay));
      // What was cancelled under way is not there: it is run again when the experiment goes on.
      if (signal.aborted) return;
      done += 1;
      if (isUnanswered) {
        unansweredInARow += 1;
        failure = scored.error;
      } else {
        unansweredInARow = 0;
        ended += 1;
      }
      const isFailed = scored.status === "failure" && !isUnanswered;
      if (isFailed) {
        failed += 1;
        failure = scored.error;
      }
      const isFailure = scored.status === "failure" || isUnanswered || Object.keys(scoreErrors).length > 0;
      const row = tally.add(
        cell.row,
        { variant: cell.variant, failed: isFailure, scores },
        spec.variants.length,
        metrics,
      );
      writer.add(
        {
          cell: {
            row: cell.row,
            variant: cell.variant,
            repeat: cell.repeat,
            rowId: cell.rowId,
            runId: fresh?.identity.id ?? cell.cached?.runId ?? null,
            cached: cell.cached !== null,
            sourceId: cell.cached?.sourceId ?? null,
            cacheKey: cell.cacheKey,
            status: isUnanswered ? "unanswered" : scored.status,
            outputs: JSON.stringify(isUnanswered ? {} : scored.outputs),
            scores: JSON.stringify(scores),
            scoreErrors,
            durationMs: Math.round(scored.durationMs),
            attempts: cell.attemptsBefore + (fresh?.attempts ?? cell.cached?.attempts ?? 1),
            inputTokens: scored.inputTokens,
            outputTokens: scored.outputTokens,
            costMicroUsd: scored.costMicroUsd,
            errorCode: scored.error?.code ?? null,
            errorMessage: scored.error?.message ?? null,
          },
          run: fresh,
          spent: purse.cost,
        },
        row,
      );
      await losers?.add(cell.variant, cell.row, isUnanswered ? {} : scores);
      progress({ done, total });
      if (unansweredInARow >= hopelesslyAway)
        stop ??= new JobFailure(
          "models-away",
          `${unansweredInARow} answers in a row could not be had: ${failure?.message ?? "the model is away."} Go on when it is back.`,
        );
      if (failed === ended && failed >= hopeless)
        stop ??= new JobFailure(
          "experiment-failing",
          `The first ${failed} answers all failed: ${failure?.message ?? "no reason was given"} Mend the pipeline or its models, then resume.`,
        );
    };

    const skipping: Losers | null = losers && {
      isDropped: (variant) =>
        losers.isDropped(variant) ||
        // Nobody is left to be compared with the baseline.
        losers.dropped.length === spec.variants.length - 1,
      skip: (row, count) => {
        tally.skip(row, count);
        total -= count;
      },
    };
    try {
      const cells = openCells(database, { workspaceId, id, spec, origin: experiment.origin, losers: skipping });
      /** Taken by workers that found no room for it beside those under way; whoever of these ends next looks again. */
      const held: OpenCell[] = [];
      const ends = () => signal.aborted || stop !== null;
      /** Does one cell. false where none is left, or none may be begun. */
      const step = async (): Promise<boolean> => {
        if (ends()) return false;
        if (writer.waiting > mostWaiting) await writer.flush();
        // One reader for all: an async generator answers its callers in turn.
        const cell = held.pop() ?? (await cells.next()).value;
        if (cell === undefined || ends()) return false;
        if (!budget.hasRoom) {
          if (budget.underWay === 0) overBudget();
          else held.push(cell);
          return false;
        }
        const purse = budget.begin();
        try {
          await finish(cell, purse);
        } finally {
          purse.end(cell.cached === null);
        }
        if (budget.isUnkeepable)
          stop ??= new JobFailure(
            "cost-unknown",
            "What an answer costs is not known, so the budget cannot be kept. Enter the prices of its models, or go on without a budget.",
          );
        pace.tick(() => writer.flush());
        return true;
      };
      for (let more = true; more && budget.isBlind; ) more = await step();
      await repeatInParallel(spec.concurrency, step);
      await writer.flush();
      // What was not run is not missing.
      if (stop === null && !signal.aborted && losers !== null && losers.dropped.length > 0)
        await database.query(
          `UPDATE "Experiment" SET "cellsTotal" = (SELECT count(*) FROM "ExperimentCell" WHERE "experimentId" = $1) WHERE "id" = $1`,
          [id],
        );
      if (stop === null && !signal.aborted) {
        progress({ stage: "compare", done: 0, total: null });
        budget = new Budget(spec.budgetMicroUsd, budget.spent);
        const compared = await scorePairs(scorers, {
          database,
          workspaceId,
          experimentId: id,
          baseline,
          concurrency: spec.concurrency,
          contextOf,
          budget,
          signal,
          progress: (count) => progress({ done: count }),
        });
        if (!compared) overBudget();
      }
    } finally {
      await pace.settled();
      await writer.flush();
    }
    progress({ stage: "report", done, total });
    const missing = await missingAnswers(database, id);
    if (stop === null && !signal.aborted && missing === 0) await recordLook(database, experiment, spec);
    await makeReport(database, workspaceId, id, { cautions });
    await prisma.experiment.updateMany({
      where: { id, workspaceId },
      data: { endedAt: new Date(), spentMicroUsd: BigInt(Math.round(budget.spent)) },
    });
    signal.throwIfAborted();
    if (stop !== null) throw stop;
    if (missing > 0)
      throw new JobFailure(
        "answers-missing",
        `${missing} answers or scores could not be had, because a model was busy or away. They count for no variant. Go on to ask for them again.`,
      );
    return { cells: done };
  },
});

const scoreAll = async (scorers: readonly ReadyScorer[], cell: OpenCell, run: ScoredRun, context: ScorerContext) => {
  const scores: Record<string, Score> = {};
  const scoreErrors: Record<string, ScoreError> = {};
  for (const ready of scorers) {
    const { id } = ready.spec;
    const asked = ready.scorer.asksModel ? scorerHash(ready) : null;
    const known = asked === null ? undefined : cell.cached?.scores.get(asked);
    const knownError = asked === null ? undefined : cell.cached?.scoreErrors.get(asked);
    if (known !== undefined) scores[id] = known;
    if (knownError !== undefined) scoreErrors[id] = knownError;
    if (known !== undefined || knownError !== undefined) continue;
    try {
      const score = await scoreCell(ready, cell.scoredRow, run, context);
      if (score !== null) scores[id] = score;
    } catch (error) {
      if (!isNodeFailure(error)) {
        if (context.signal.aborted) return { scores, scoreErrors };
        throw error;
      }
      throwIfInterrupted(error);
      const message = error.message.replaceAll("\0", "").toWellFormed().slice(0, 500);
      scoreErrors[id] = { code: error.code, message, ...(error.options.passing === true ? { passing: true } : {}) };
    }
  }
  return { scores, scoreErrors };
};
