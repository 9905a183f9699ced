import { z } from "zod";
import type { JointChance } from "@/runtime/eval/gate/gate-chance";
import { type GateSpec, gateSpec } from "@/runtime/eval/gate/gate-spec";
import type { GateResult } from "@/runtime/eval/gate/judge-gate";
import type { GraphDiff } from "@/runtime/graph/diff";
import { identifier } from "@/server/platform/guard/identifier";
import type { JobView } from "@/server/platform/job/job.types";

export const byPipelineInput = z.strictObject({ pipelineId: identifier });
export const setGateInput = z.strictObject({
  pipelineId: identifier,
  datasetId: identifier,
  enabled: z.boolean().default(true),
  spec: gateSpec,
});
export const forecastGateInput = z.strictObject({ pipelineId: identifier, datasetId: identifier, spec: gateSpec });
export const checkInput = z.strictObject({
  pipelineId: identifier,
  /** The revision number of the saved draft that the person sees. */
  revision: z.int().min(1).max(2_147_483_647),
});

/** `running`, or how it was decided; `failure`: it could not be carried out, e.g. because models did not answer. */
export type CheckState = "running" | "passed" | "not-passed" | "failure";

export interface GateCheckView {
  readonly id: string;
  readonly state: CheckState;
  readonly experimentId: string | null;
  readonly revisionNumber: number;
  /** The live version that it was compared with; null where none was live. */
  readonly baselineNumber: number | null;
  readonly results: readonly GateResult[];
  /** Of both versions together: answers, attempts at them, and how many of these failed. null where nothing was measured yet. */
  readonly attempts: { readonly answers: number; readonly attempts: number; readonly failed: number } | null;
  readonly job: JobView | null;
  readonly createdAt: Date;
}

export interface GateView {
  readonly id: string;
  readonly enabled: boolean;
  readonly dataset: { readonly id: string; readonly name: string };
  readonly spec: GateSpec;
}

export interface GateStatus {
  /** null where the pipeline has none. */
  readonly gate: GateView | null;
  /** Whether the draft as it is saved may go live now. */
  readonly open: boolean;
  /** Why, where it may not: nothing was checked, the check runs, it did not pass, or something has changed since. */
  readonly reason: "no-check" | "running" | "not-passed" | "failure" | null;
  /** The latest check of the draft as it is now. */
  readonly check: GateCheckView | null;
  /** What going live would change; null where nothing is live. */
  readonly diff: GraphDiff | null;
}

export interface GateForecast {
  /** That the gate would take, and how many of them are independent. */
  readonly rows: number;
  readonly independent: number;
  /** Fewer independent ones pass no gate. */
  readonly least: number;
  /** In the order of the spec's. */
  readonly requirements: readonly {
    readonly metric: string;
    /** Chance that a version which is as good as what is live passes; null where nothing is known. */
    readonly power: number | null;
    /** Independent rows for a chance of 80 %; null where nothing is known. */
    readonly rows: number | null;
    /** Nothing of the kind was measured yet: versions are taken to differ on one row in ten. */
    readonly isGuess: boolean;
    /** The chance is of all that it asks for, floors and ceilings as well. */
    readonly isWhole: boolean;
  }[];
  /** Of all requirements together, as far as their chances are known; of `unknown` they are not, or not wholly. */
  readonly joint: JointChance & { readonly checks: number; readonly unknown: number };
}
