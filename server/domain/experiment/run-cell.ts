import { randomUUID } from "node:crypto";
import type { RunServices } from "@/runtime/capability/capabilities";
import type { ScoredRun } from "@/runtime/eval/contract/scorer";
import { execute } from "@/runtime/executor/execute";
import type { ModelGateway, Patience } from "@/runtime/model/endpoint";
import { patientModels } from "@/runtime/model/patient-models";
import type { Plan } from "@/runtime/plan/plan";
import type { RunErrorData } from "@/runtime/run/errors";
import type { RunEvent } from "@/runtime/run/events";
import { foldRun, type RunIdentity, type RunSummary, summaryOf } from "@/server/domain/run/run-record";
import { logText } from "@/server/domain/run/write-runs";
import { leftWithout } from "./left-without";

export interface CellRun {
  readonly identity: RunIdentity;
  /** Its log without the single words of replies, which nobody watched; numbered without gap. */
  readonly log: ReturnType<typeof logText>;
  readonly summary: RunSummary;
  readonly scored: ScoredRun;
  /** 1, and one more for each time that a step of it was tried again. */
  readonly attempts: number;
  /** It failed, or went on without a part, because a model was busy or away: what it gave is no answer of the variant. */
  readonly isUnanswered: boolean;
}

export interface CellWorld {
  readonly workspaceId: string;
  readonly pipelineId: string;
  readonly models: ModelGateway;
  readonly patience: Patience;
  readonly services: (run: RunIdentity) => RunServices;
  readonly signal: AbortSignal;
  /** What the run is noted as; of an experiment where it is left out. */
  readonly trigger?: RunIdentity["trigger"];
}

/** Runs one variant on one row, with the same executor as every run. null where it was cancelled under way. */
export const runCell = async (
  { workspaceId, pipelineId, models, patience, services, signal, trigger = "evaluation" }: CellWorld,
  variant: { readonly revisionId: string; readonly plan: Plan },
  inputs: unknown,
): Promise<CellRun | null> => {
  const identity: RunIdentity = {
    id: randomUUID(),
    workspaceId,
    pipelineId,
    revisionId: variant.revisionId,
    deploymentId: null,
    apiKeyId: null,
    trigger,
  };
  const events: RunEvent[] = [];
  let hasWaited = false;
  const patient = patientModels(models, {
    ...patience,
    onWait: (wait) => {
      hasWaited = true;
      patience.onWait?.(wait);
    },
  });
  const options = { runId: identity.id, models: patient, services: services(identity), signal };
  for await (const event of execute(variant.plan, inputs, options))
    if (event.type !== "node-delta" && event.type !== "node-thinking" && event.type !== "node-retract")
      events.push(event.seq === events.length ? event : { ...event, seq: events.length });
  const end = events.at(-1);
  if (end?.type !== "run-end" || end.outcome === "aborted") return null;
  const summary = summaryOf(foldRun(events));
  const { durationMs, inputTokens, outputTokens, uncountedCalls, costMicroUsd } = summary;
  return {
    identity,
    log: logText(events),
    summary,
    attempts: 1 + events.filter(({ type }) => type === "node-retry").length,
    isUnanswered: (end.outcome === "failure" ? [end.error] : leftWithout(events)).some((error) =>
      isPassing(error, hasWaited),
    ),
    scored: {
      status: end.outcome,
      outputs: end.outcome === "success" ? end.outputs : {},
      error: end.outcome === "failure" ? { code: end.error.code, message: end.error.message } : null,
      durationMs: durationMs ?? 0,
      inputTokens: uncountedCalls > 0 ? null : inputTokens,
      outputTokens: uncountedCalls > 0 ? null : outputTokens,
      costMicroUsd,
    },
  };
};

/** A step whose time ran out while it waited for a model did not fail by itself. */
const isPassing = ({ passing, code }: RunErrorData, hasWaited: boolean): boolean =>
  passing === true || (hasWaited && code === "node-timeout");
