import type { GraphDocument } from "@/runtime/graph/document";
import type { NodeState, RunState } from "@/runtime/run/reduce";
import { nodeKey } from "./frame-prefix";

export type HeatOf = "time" | "cost";

/** Where a run spent its time and its money, for one frame of it. */
export interface RunHeat {
  /** By node id, 0 to 1: its part of what the node with the most took. Nodes that took nothing are left out. */
  readonly time: ReadonlyMap<string, number>;
  /** The same in money, or in tokens where nothing that was called has a known price. */
  readonly cost: ReadonlyMap<string, number>;
  readonly costIs: "money" | "tokens";
  /** Node ids of the chain that the end waited for, first to last: each began when the one before it had ended last of all it waits for. */
  readonly critical: readonly string[];
  /** From the beginning of the chain to its end. */
  readonly criticalMs: number;
}

const known = new WeakMap<
  RunState,
  { readonly document: GraphDocument; readonly prefix: string; readonly heat: RunHeat }
>();

/** Worked out once for all cards and wires. `prefix`: the frame, as in keys of states. */
export const runHeat = (state: RunState, document: GraphDocument, prefix: string): RunHeat => {
  const kept = known.get(state);
  if (kept?.document === document && kept.prefix === prefix) return kept.heat;
  const heat = workOut(state, document, prefix);
  known.set(state, { document, prefix, heat });
  return heat;
};

const millisecondsOf = ({ startedAt, endedAt }: NodeState): number =>
  startedAt === null || endedAt === null ? 0 : Math.max(0, Date.parse(endedAt) - Date.parse(startedAt));

const workOut = (state: RunState, document: GraphDocument, prefix: string): RunHeat => {
  const keys = new Map(document.nodes.map(({ id }) => [nodeKey(prefix, id), id]));
  // In the order in which they began: of those that ended in the same millisecond the later one waited for the others.
  const ran = new Map<string, NodeState>();
  for (const [key, node] of state.nodes) {
    const id = keys.get(key);
    if (id !== undefined && node.startedAt !== null && node.endedAt !== null) ran.set(id, node);
  }
  const nodes = [...ran];
  const hasPrice = nodes.some(([, { totals }]) => totals.knownCostMicroUsd > 0);
  const costOf = ({ totals }: NodeState): number =>
    hasPrice ? totals.knownCostMicroUsd : totals.inputTokens + totals.outputTokens;
  const critical = criticalPath(ran, document);
  const [first, last] = [critical[0], critical.at(-1)].map((id) => (id === undefined ? undefined : ran.get(id)));
  return {
    time: shares(nodes.map(([id, node]) => [id, millisecondsOf(node)])),
    cost: shares(nodes.map(([id, node]) => [id, costOf(node)])),
    costIs: hasPrice ? "money" : "tokens",
    critical,
    criticalMs: first && last ? Math.max(0, Date.parse(last.endedAt ?? "") - Date.parse(first.startedAt ?? "")) : 0,
  };
};

const shares = (amounts: readonly (readonly [string, number])[]): ReadonlyMap<string, number> => {
  const most = Math.max(0, ...amounts.map(([, amount]) => amount));
  return new Map(amounts.flatMap(([id, amount]) => (amount > 0 ? [[id, amount / most] as const] : [])));
};

const criticalPath = (ran: ReadonlyMap<string, NodeState>, document: GraphDocument): readonly string[] => {
  const before = new Map<string, string[]>();
  for (const { from, to } of document.edges) {
    if (!ran.has(from.node) || !ran.has(to.node)) continue;
    const list = before.get(to.node) ?? [];
    list.push(from.node);
    before.set(to.node, list);
  }
  const endOf = (id: string): number => Date.parse(ran.get(id)?.endedAt ?? "");
  const latest = (ids: Iterable<string>): string | undefined => {
    let found: string | undefined;
    for (const id of ids) if (found === undefined || endOf(id) >= endOf(found)) found = id;
    return found;
  };
  const path: string[] = [];
  const seen = new Set<string>();
  for (let id = latest(ran.keys()); id !== undefined && !seen.has(id); id = latest(before.get(id) ?? [])) {
    seen.add(id);
    path.push(id);
  }
  return path.reverse();
};
