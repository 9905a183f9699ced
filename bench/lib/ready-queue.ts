import { type BenchGraph, work } from "./graphs";

/** What a careful person writes by hand for one graph: counters and a queue, nothing said, nothing checked, nothing awaited. */
export const readyQueue = (graph: BenchGraph): (() => string) => {
  const next = new Map<string, BenchGraph[number][]>(graph.map(({ id }) => [id, []]));
  for (const node of graph) for (const id of node.needs) next.get(id)?.push(node);
  const waiting = new Map(graph.map(({ id, needs }) => [id, needs.length]));
  const roots = graph.filter(({ needs }) => needs.length === 0);
  const last = graph.at(-1)?.id ?? "";
  return () => {
    const values = new Map<string, string>();
    const left = new Map(waiting);
    const queue = [...roots];
    for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
      values.set(
        node.id,
        work(
          node.id,
          node.needs.map((id) => values.get(id) ?? ""),
        ),
      );
      for (const follower of next.get(node.id) ?? []) {
        const count = (left.get(follower.id) ?? 0) - 1;
        left.set(follower.id, count);
        if (count === 0) queue.push(follower);
      }
    }
    return values.get(last) ?? "";
  };
};
