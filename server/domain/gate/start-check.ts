import type { Gate } from "@/generated/prisma/client";
import { experimentDraft } from "@/runtime/eval/contract/experiment-spec";
import { prepareExperiment } from "@/server/domain/experiment/prepare-experiment";
import { beginExperiment } from "@/server/domain/experiment/start-experiment";
import type { Database } from "@/server/platform/db/database";
import type { GateCheckView } from "./gate.types";
import { currentCheck, storedGateSpec } from "./gate-state";
import { settleCheck } from "./settle-check";

/** Checks a revision by its pipeline's gate. One that was checked, or is being checked, by the same gate against the same version is not checked again. */
export const startCheck = async (
  database: Database,
  gate: Gate,
  revisionId: string,
  userId: string | null,
): Promise<GateCheckView> => {
  const { workspaceId, pipelineId, datasetId } = gate;
  const { check: known, hash, baseline } = await currentCheck(database, gate, revisionId);
  if (known !== null) {
    const view = await settleCheck(database, gate, known);
    if (view.state !== "failure") return view;
  }
  if (revisionId === baseline) {
    // What is live has nothing to prove against itself.
    const check = await database.prisma.gateCheck.create({
      data: {
        workspaceId,
        gateId: gate.id,
        revisionId,
        baselineRevisionId: baseline,
        gateHash: hash,
        userId,
        passed: true,
        endedAt: new Date(),
      },
    });
    return settleCheck(database, gate, check);
  }
  const spec = storedGateSpec(gate);
  const candidate = { key: "candidate", label: "Candidate", revision: { id: revisionId }, overrides: [] };
  const live = baseline === null ? [] : [{ key: "live", label: "Live", revision: { id: baseline }, overrides: [] }];
  const [first] = spec.requirements;
  const draft = experimentDraft.parse({
    pipelineId,
    datasetId,
    // The live version first: what is compared with it comes last.
    variants: [...live, candidate],
    baseline: baseline === null ? "candidate" : "live",
    scorers: spec.scorers,
    primary: first?.metric ?? "",
    rows: spec.rows,
    inputs: spec.inputs,
    repeats: spec.repeats,
    alpha: spec.alpha,
    margin: first?.margin != null && first.margin > 0 ? first.margin : null,
    concurrency: spec.concurrency,
    budgetMicroUsd: spec.budgetMicroUsd,
  });
  const prepared = await prepareExperiment(database, workspaceId, draft);
  const experimentId = await beginExperiment(
    database,
    { workspaceId, userId, name: `Gate: ${prepared.pipeline.name}`.slice(0, 120), origin: "gate" },
    prepared,
  );
  const check = await database.prisma.gateCheck.create({
    data: {
      workspaceId,
      gateId: gate.id,
      experimentId,
      revisionId,
      baselineRevisionId: baseline,
      gateHash: hash,
      userId,
    },
  });
  return settleCheck(database, gate, check);
};
