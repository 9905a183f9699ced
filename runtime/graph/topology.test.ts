import fc from "fast-check";
import { expect, test } from "vitest";
import { downstream, findCycles, type Topology, topologicalOrder, upstream } from "./topology";

const topology = (nodes: string, ...edges: string[]): Topology => ({
  nodes: [...nodes],
  edges: edges.map((edge) => ({ from: edge[0] as string, to: edge[1] as string })),
});

const anyTopology = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })), { maxLength: 25 })
  .map(
    (pairs): Topology => ({
      nodes: Array.from({ length: 10 }, (_, index) => String(index)),
      edges: pairs.map(([from, to]) => ({ from: String(from), to: String(to) })),
    }),
  );

test("puts every node after what it depends on, and leaves out exactly what is on or behind a cycle", () => {
  fc.assert(
    fc.property(anyTopology, (graph) => {
      const { order, cyclic } = topologicalOrder(graph);
      expect([...order, ...cyclic].sort()).toEqual([...graph.nodes].sort());
      for (const { from, to } of graph.edges) {
        if (order.includes(to)) expect(order.indexOf(from)).toBeLessThan(order.indexOf(to));
      }
      expect(cyclic.length > 0).toBe(findCycles(graph).length > 0);
    }),
  );
});

test("every cycle it names is one, and every node that can reach itself shares one", () => {
  fc.assert(
    fc.property(anyTopology, (graph) => {
      const cycles = findCycles(graph);
      const joined = new Set(graph.edges.map(({ from, to }) => `${from}>${to}`));
      for (const cycle of cycles) {
        for (const [index, id] of cycle.entries())
          expect(joined).toContain(`${id}>${cycle[(index + 1) % cycle.length]}`);
      }
      for (const id of graph.nodes) {
        const ahead = downstream(graph, [id]);
        if (ahead.has(id))
          expect(cycles.some((cycle) => ahead.has(cycle[0] as string) && downstream(graph, cycle).has(id))).toBe(true);
      }
    }),
  );
});

test("names the shortest cycle once for each group", () => {
  const graph = topology("abcdefg", "ab", "bc", "ca", "cd", "de", "ed", "ef", "gg");
  expect(findCycles(graph)).toEqual([["a", "b", "c"], ["d", "e"], ["g"]]);
});

test("knows what is upstream and downstream, without the node itself", () => {
  const graph = topology("abcd", "ab", "bc", "ad");
  expect(upstream(graph, ["c"])).toEqual(new Set(["b", "a"]));
  expect(downstream(graph, ["a"])).toEqual(new Set(["b", "d", "c"]));
});

test("passes over wires to nodes that are not there", () => {
  expect(topologicalOrder(topology("ab", "ax", "xb")).order).toEqual(["a", "b"]);
});
