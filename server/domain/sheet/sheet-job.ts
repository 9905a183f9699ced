import { setMaxListeners } from "node:events";
import { z } from "zod";
import { wholeReplies } from "@/runtime/model/whole-replies";
import { workspaceGateway } from "@/server/domain/endpoint/workspace-gateway";
import { repeatInParallel } from "@/server/domain/experiment/repeat-in-parallel";
import { type CellRun, type CellWorld, runCell } from "@/server/domain/experiment/run-cell";
import { planOfRevision } from "@/server/domain/revision/plan-of-revision";
import { createRunVault } from "@/server/domain/run/vault/run-vault";
import { workspaceServices } from "@/server/domain/run/workspace-services";
import { defineJob } from "@/server/platform/job/define-job";
import { JobFailure } from "@/server/platform/job/job-failure";
import { jobPatience } from "@/server/platform/job/job-patience";
import { throwIfInterrupted } from "@/server/platform/readiness/interrupted-by-outage";
import { partsOf } from "./find-sheet";
import { openRows } from "./open-rows";
import { rowInputs } from "./row-inputs";
import { sheetLimits } from "./sheet-limits";
import { type WrittenSheetRow, writeSheetRow } from "./write-sheet-row";

/** So many first runs that are all failures mean that the rest will fail too. */
const hopeless = 12;
/** So many in a row that could not be had mean that the model is not back soon. Each has waited long. */
const hopelesslyAway = 6;

const none = { outputs: {}, reply: null, errorCode: null, errorMessage: null, run: null } as const;

/** Runs the rows of a sheet that have no outcome yet: the rows are the checkpoint, so that it goes on where it was after the process died. */
export const sheetJob = defineJob({
  kind: "sheet/run",
  input: z.strictObject({ sheetId: z.string() }),
  run: async ({ input: { sheetId }, database, workspaceId, userId, signal, progress }) => {
    // Every row under way listens to it.
    setMaxListeners(0, signal);
    const sheet = await database.prisma.sheet.findFirst({ where: { id: sheetId, workspaceId } });
    if (sheet === null) throw new JobFailure("sheet-gone", "The sheet was deleted.");
    const compiled = await planOfRevision(database, sheet.revisionId);
    if (!compiled.ok)
      throw new JobFailure("sheet-broken", "What the sheet was started with can no longer run. Start it anew.");
    const plan = compiled.value;
    const { mapping, fixed } = partsOf(sheet);
    const shared = workspaceServices(database, workspaceId);
    const world: CellWorld = {
      workspaceId,
      pipelineId: sheet.pipelineId,
      models: wholeReplies(workspaceGateway(database, workspaceId)),
      patience: jobPatience(progress),
      services: (run) => ({
        ...shared,
        vault: createRunVault(database, {
          id: run.id,
          workspaceId,
          trigger: "sheet",
          apiKeyId: null,
          ...(userId !== null && { userId }),
        }),
      }),
      signal,
      trigger: "sheet",
    };
    let done = sheet.rowsDone;
    progress({ stage: "rows", done, total: sheet.rowsTotal });
    let ran = 0;
    let failed = 0;
    let awayInARow = 0;
    let stop: JobFailure | null = null;

    const judge = ({ outcome, errorMessage }: WrittenSheetRow) => {
      awayInARow = outcome === "away" ? awayInARow + 1 : 0;
      ran += 1;
      if (outcome === "failure") failed += 1;
      if (awayInARow >= hopelesslyAway)
        stop ??= new JobFailure(
          "models-away",
          `${awayInARow} answers in a row could not be had: ${errorMessage ?? "the model is away."} Go on when it is back.`,
        );
      if (failed === ran && failed >= hopeless)
        stop ??= new JobFailure(
          "sheet-failing",
          `The first ${failed} rows all failed: ${errorMessage ?? "no reason was given"} Mend the pipeline or its models, then start anew.`,
        );
    };
    const rows = openRows(database, sheetId);
    const step = async (): Promise<boolean> => {
      if (signal.aborted || stop !== null) return false;
      // One reader for all: an async generator answers its callers in turn.
      const { value: open } = await rows.next();
      if (open === undefined || signal.aborted || stop !== null) return false;
      const inputs = rowInputs(plan.inputFields, open.cells, mapping, fixed);
      let written: WrittenSheetRow;
      if (!inputs.ok)
        written = {
          ...none,
          row: open.row,
          outcome: "failure",
          errorCode: "input-invalid",
          errorMessage: inputs.error,
        };
      else if (inputs.value === "blank") written = { ...none, row: open.row, outcome: "blank" };
      else {
        const run = await runCell(world, { revisionId: sheet.revisionId, plan }, inputs.value);
        // What was cancelled under way is not there: it is run again when the sheet goes on.
        if (run === null || signal.aborted) return false;
        throwIfInterrupted(run.scored.error);
        written = outcomeOf(open.row, run);
        judge(written);
      }
      await writeSheetRow(database, sheetId, written);
      done += 1;
      progress({ done });
      return true;
    };
    await repeatInParallel(sheetLimits.concurrency, step);
    await database.prisma.sheet.updateMany({ where: { id: sheetId, workspaceId }, data: { endedAt: new Date() } });
    signal.throwIfAborted();
    if (stop !== null) throw stop;
    return { rows: done };
  },
});

const outcomeOf = (row: number, run: CellRun): WrittenSheetRow => {
  const { scored, summary, isUnanswered } = run;
  const outcome = isUnanswered
    ? "away"
    : scored.status === "failure"
      ? "failure"
      : summary.status === "empty"
        ? "empty"
        : "success";
  return {
    row,
    outcome,
    outputs: outcome === "success" ? scored.outputs : {},
    reply: summary.replyOutcome,
    errorCode: scored.error?.code ?? null,
    errorMessage: scored.error?.message ?? null,
    run,
  };
};
