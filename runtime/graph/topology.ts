/** A directed graph by node ids. Edges that name an unknown node are ignored; validation reports them. */
export interface Topology {
  readonly nodes: readonly string[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

export const topologyOf = (document: {
  readonly nodes: readonly { readonly id: string }[];
  readonly edges: readonly { readonly from: { readonly node: string }; readonly to: { readonly node: string } }[];
}): Topology => ({
  nodes: document.nodes.map((node) => node.id),
  edges: document.edges.map((edge) => ({ from: edge.from.node, to: edge.to.node })),
});

const successors = (topology: Topology): Map<string, string[]> => {
  const next = new Map<string, string[]>(topology.nodes.map((id) => [id, []]));
  for (const { from, to } of topology.edges) if (next.has(to)) next.get(from)?.push(to);
  return next;
};

/** Kahn's order: every node after all it depends on, otherwise in document order. `cyclic` are the nodes on or behind a cycle. */
export const topologicalOrder = (topology: Topology): { readonly order: string[]; readonly cyclic: string[] } => {
  const next = successors(topology);
  const waiting = new Map<string, number>(topology.nodes.map((id) => [id, 0]));
  for (const targets of next.values()) for (const to of targets) waiting.set(to, (waiting.get(to) ?? 0) + 1);
  const order = topology.nodes.filter((id) => waiting.get(id) === 0);
  for (let index = 0; index < order.length; index++) {
    for (const to of next.get(order[index] as string) ?? []) {
      const left = (waiting.get(to) ?? 0) - 1;
      waiting.set(to, left);
      if (left === 0) order.push(to);
    }
  }
  const done = new Set(order);
  return { order, cyclic: topology.nodes.filter((id) => !done.has(id)) };
};

/** One cycle, as short as can be, for each group of nodes that reach each other. Empty where the graph is acyclic. */
export const findCycles = (topology: Topology): string[][] => {
  const next = successors(topology);
  const previous = successors(reverse(topology));
  const left = new Set(topologicalOrder(topology).cyclic);
  const cycles: string[][] = [];
  for (const start of topology.nodes) {
    if (!left.has(start)) continue;
    const ahead = reach([start], (id) => next.get(id) ?? []);
    const behind = reach([start], (id) => previous.get(id) ?? []);
    if (ahead.has(start)) cycles.push(shortestWayBack(start, next));
    left.delete(start);
    for (const id of ahead) if (behind.has(id)) left.delete(id);
  }
  return cycles;
};

const reverse = (topology: Topology): Topology => ({
  ...topology,
  edges: topology.edges.map(({ from, to }) => ({ from: to, to: from })),
});

/** `start` must lie on a cycle. */
const shortestWayBack = (start: string, next: ReadonlyMap<string, readonly string[]>): string[] => {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (let index = 0; index < queue.length; index++) {
    const at = queue[index] as string;
    for (const to of next.get(at) ?? []) {
      if (to === start) {
        const way = [at];
        for (let id = at; id !== start; way.push(id)) id = cameFrom.get(id) as string;
        return way.reverse();
      }
      if (cameFrom.has(to)) continue;
      cameFrom.set(to, at);
      queue.push(to);
    }
  }
  return [start];
};

const reach = (from: readonly string[], step: (id: string) => readonly string[]): Set<string> => {
  const seen = new Set<string>();
  const queue = [...from];
  for (let index = 0; index < queue.length; index++) {
    for (const id of step(queue[index] as string)) {
      if (seen.has(id)) continue;
      seen.add(id);
      queue.push(id);
    }
  }
  return seen;
};

/** Every node whose result can reach one of `ids`, themselves left out unless they lie on a cycle. */
export const upstream = (topology: Topology, ids: readonly string[]): Set<string> => downstream(reverse(topology), ids);

/** Every node that the result of one of `ids` can reach, themselves left out unless they lie on a cycle. */
export const downstream = (topology: Topology, ids: readonly string[]): Set<string> => {
  const next = successors(topology);
  return reach(ids, (id) => next.get(id) ?? []);
};
