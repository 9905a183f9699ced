import { hashJson } from "@/runtime/graph/hash";
import type { PlanNode } from "@/runtime/plan/plan";
import type { Values } from "./frame";

/** Names what a node makes of its inputs: equal keys, equal work. Replay, pinned data and re-runs from a node rest on it. */
export const resultKey = (node: PlanNode, inputs: Values): string =>
  hashJson({ type: node.definition?.type, version: node.definition?.version, config: node.config, inputs });

/** Results of earlier runs. What it gives back is checked like what a node returns; what it throws counts as nothing found. */
export interface ResultCache {
  get(key: string): Promise<Values | undefined>;
  set(key: string, outputs: Values): void;
}
