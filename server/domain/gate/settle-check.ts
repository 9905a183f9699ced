import type { Gate, GateCheck, Prisma } from "@/generated/prisma/client";
import type { Report } from "@/runtime/eval/contract/report";
import { type GateResult, isPassed, judgeGate } from "@/runtime/eval/gate/judge-gate";
import { moreRowsWithin } from "@/runtime/eval/report/more-rows-within";
import type { Database } from "@/server/platform/db/database";
import { hasEnded } from "@/server/platform/job/job.types";
import { jobFields, jobView } from "@/server/platform/job/job-row";
import type { CheckState, GateCheckView } from "./gate.types";
import { gateHash, storedGateSpec } from "./gate-state";

const attemptsOf = ({ variants }: Report): GateCheckView["attempts"] => {
  let [answers, attempts, failures] = [0, 0, 0];
  for (const { cells, attempts: own = cells, failures: failed } of variants) {
    answers += cells;
    attempts += own;
    failures += failed;
  }
  return { answers, attempts, failed: attempts - answers + failures };
};

/**
 * A check as it stands. One whose experiment has ended since is decided now and the decision is stored: it is made of the report alone, whoever looks first.
 */
export const settleCheck = async (database: Database, gate: Gate, check: GateCheck): Promise<GateCheckView> => {
  const { prisma } = database;
  const { workspaceId } = gate;
  const experiment =
    check.experimentId === null
      ? null
      : await prisma.experiment.findFirst({
          where: { id: check.experimentId, workspaceId },
          select: { jobId: true, report: true, datasetVersion: { select: { contentHash: true } } },
        });
  const job =
    experiment?.jobId == null
      ? null
      : await prisma.job.findFirst({ where: { id: experiment.jobId, workspaceId }, select: jobFields });
  let results = check.results as unknown as readonly GateResult[];
  let state: CheckState = check.passed === null ? "running" : check.passed ? "passed" : "not-passed";
  const report = experiment?.report as unknown as Report | null | undefined;
  if (check.passed === null) {
    if (job === null) state = "failure";
    else if (hasEnded(job.status)) {
      // A gate that was changed meanwhile asks for something else than this check was made for.
      const same = experiment !== null && gateHash(gate, experiment.datasetVersion.contentHash) === check.gateHash;
      if (job.status !== "success" || report == null || !same) state = "failure";
      else {
        results = judgeGate(storedGateSpec(gate), report, (comparison, metric, margin) =>
          moreRowsWithin(comparison, metric, margin, report.look),
        );
        const passed = isPassed(results);
        state = passed ? "passed" : "not-passed";
        await prisma.gateCheck.updateMany({
          where: { id: check.id, workspaceId, passed: null },
          data: { passed, results: results as unknown as Prisma.InputJsonArray, endedAt: new Date() },
        });
      }
    }
  }
  const revisions = await prisma.revision.findMany({
    where: { workspaceId, id: { in: [check.revisionId, check.baselineRevisionId ?? ""] } },
    select: { id: true, number: true },
  });
  const numberOf = (id: string | null) => revisions.find((revision) => revision.id === id)?.number ?? null;
  return {
    id: check.id,
    state,
    experimentId: check.experimentId,
    revisionNumber: numberOf(check.revisionId) ?? 0,
    baselineNumber: numberOf(check.baselineRevisionId),
    results,
    attempts: report == null ? null : attemptsOf(report),
    job: job === null ? null : jobView(job),
    createdAt: check.createdAt,
  };
};
