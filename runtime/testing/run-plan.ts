import { type ExecuteOptions, execute } from "@/runtime/executor/execute";
import type { GraphDocument } from "@/runtime/graph/document";
import type { Catalog } from "@/runtime/node/catalog";
import { compile } from "@/runtime/plan/compile";
import type { Plan } from "@/runtime/plan/plan";
import type { RunEvent } from "@/runtime/run/events";
import { initialRunState, type RunState, reduceAll } from "@/runtime/run/reduce";
import { ScriptedGateway } from "./scripted-gateway";

/** A plan of a document that must be right; a test that meets diagnostics here has a wrong document. */
export const planOf = (document: GraphDocument, catalog: Catalog): Plan => {
  const plan = compile(document, catalog);
  if (plan.ok) return plan.value;
  throw new Error(plan.error.map(({ code, message }) => `${code}: ${message}`).join("\n"));
};

export const collect = async (events: AsyncIterable<RunEvent>): Promise<RunEvent[]> => {
  const all: RunEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
};

export interface FinishedRun {
  readonly events: readonly RunEvent[];
  readonly state: RunState;
}

/** Runs a plan to its end, on a clock that stands still. */
export const runPlan = async (
  plan: Plan,
  inputs: unknown = {},
  options: Partial<ExecuteOptions> = {},
): Promise<FinishedRun> => {
  const models = options.models ?? new ScriptedGateway({});
  const events = await collect(execute(plan, inputs, { runId: "run-1", now: () => 0, ...options, models }));
  return { events, state: reduceAll(initialRunState, [...(options.resume ?? []), ...events]) };
};
