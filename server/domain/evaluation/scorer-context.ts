import { randomUUID } from "node:crypto";
import type { ScorerContext } from "@/runtime/eval/contract/scorer";
import { execute } from "@/runtime/executor/execute";
import type { ModelCallRecord, Patience } from "@/runtime/model/endpoint";
import { patientModels } from "@/runtime/model/patient-models";
import { wholeReplies } from "@/runtime/model/whole-replies";
import { NodeFailure } from "@/runtime/node/node-failure";
import { collectReply } from "@/runtime/node/reply/collect-reply";
import { workspaceGateway } from "@/server/domain/endpoint/workspace-gateway";
import { plainWordsOf } from "@/server/domain/knowledge/segment";
import { freezeDraft } from "@/server/domain/revision/freeze-draft";
import { planOfRevision } from "@/server/domain/revision/plan-of-revision";
import { servicesOfRun } from "@/server/domain/run/services-of-run";
import type { Database } from "@/server/platform/db/database";
import { briefly } from "./briefly";

export interface ScorerWorld {
  readonly database: Database;
  readonly workspaceId: string;
  readonly userId: string | null;
  readonly signal: AbortSignal;
  /** Told of the cost of each model call, millionths of a US dollar; null where nobody knows. */
  readonly onCost: (microUsd: number | null) => void;
  /** How long a scorer's call waits for a model that is busy; left out: as a person's. */
  readonly patience?: Patience;
}

/** A call that failed before the endpoint counted anything cost nothing. */
const costOf = ({ costMicroUsd, usage, error }: Pick<ModelCallRecord, "costMicroUsd" | "usage" | "error">) =>
  costMicroUsd ?? (error !== undefined && usage === null ? 0 : null);

/** What scorers may touch of a workspace: its models through the same door as runs, and its pipelines. */
export const scorerContext = ({
  database,
  workspaceId,
  userId,
  signal,
  onCost,
  patience,
}: ScorerWorld): ScorerContext => {
  const whole = wholeReplies(workspaceGateway(database, workspaceId));
  const gateway = patience === undefined ? whole : patientModels(whole, patience);
  // Frozen once, so that all answers are scored by the same pipeline, whatever is changed in its draft meanwhile.
  const plans = new Map<string, ReturnType<typeof freezePlan>>();
  const planOf = (pipelineId: string) => {
    const known = plans.get(pipelineId) ?? freezePlan(database, workspaceId, pipelineId);
    plans.set(pipelineId, known);
    return known;
  };
  const options = { signal, onCall: (call: ModelCallRecord) => onCost(costOf(call)) };
  return {
    signal,
    words: plainWordsOf,
    briefly,
    embed: (request) => gateway.embed(request, options),
    moderate: (request) => gateway.moderate(request, options),
    chat: async (request) => {
      const { text, finish } = await collectReply(gateway.chat(request, options));
      return {
        text,
        outcome: finish?.outcome ?? null,
        usage: finish?.usage ?? null,
        costMicroUsd: finish?.costMicroUsd ?? null,
      };
    },
    runPipeline: async (pipelineId, inputs) => {
      const { revision, plan } = await planOf(pipelineId);
      const wanted = new Set(plan.inputFields.map(({ name }) => name));
      const run = {
        id: randomUUID(),
        workspaceId,
        pipelineId,
        revisionId: revision.id,
        deploymentId: null,
        apiKeyId: null,
        trigger: "evaluation" as const,
      };
      const given = Object.fromEntries(Object.entries(inputs).filter(([name]) => wanted.has(name)));
      const services = servicesOfRun(database, run, { userId: userId ?? undefined });
      for await (const event of execute(plan, given, { runId: run.id, models: gateway, services, signal })) {
        if (event.type === "model-call") onCost(costOf(event));
        if (event.type !== "run-end") continue;
        if (event.outcome === "success") return event.outputs;
        throw new NodeFailure(
          "node-failed",
          `The pipeline that scores failed: ${event.error.message}`,
          event.error.passing === true ? { passing: true } : {},
        );
      }
      throw new NodeFailure("internal", "The pipeline that scores did not end.");
    },
  };
};

const freezePlan = async (database: Database, workspaceId: string, pipelineId: string) => {
  const revision = await freezeDraft(database, workspaceId, pipelineId, { reason: "experiment" });
  const compiled = revision === null ? null : await planOfRevision(database, revision.id);
  if (revision === null || !compiled?.ok)
    throw new NodeFailure("node-failed", "The pipeline that scores does not exist, or has errors.", {
      hint: "Choose another pipeline in the scorer's settings, or mend that one.",
    });
  return { revision, plan: compiled.value };
};
