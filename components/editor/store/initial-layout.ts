import type { GraphDocument, Position } from "@/runtime/graph/document";
import { topologicalOrder, topologyOf } from "@/runtime/graph/topology";

const column = 300;
const row = 180;

/**
 * Gives a place to every node that has none, as in an imported document: columns from left to right in the order in which
 * they run. Nodes that have a place keep it; a document with all places comes back as it is.
 */
export const placeUnplaced = (document: GraphDocument): GraphDocument => {
  const unplaced = document.nodes.filter(({ id }) => !Object.hasOwn(document.layout, id));
  if (unplaced.length === 0) return document;
  const topology = topologyOf(document);
  const depth = new Map<string, number>();
  const { order, cyclic } = topologicalOrder(topology);
  for (const id of [...order, ...cyclic]) {
    const before = topology.edges.filter(({ to }) => to === id).map(({ from }) => depth.get(from) ?? -1);
    depth.set(id, Math.max(-1, ...before) + 1);
  }
  const bottom = Math.max(0, ...Object.values(document.layout).map(({ y }) => y + row));
  const filled = new Map<number, number>();
  const layout: Record<string, Position> = { ...document.layout };
  for (const { id } of unplaced) {
    const at = depth.get(id) ?? 0;
    const used = filled.get(at) ?? 0;
    filled.set(at, used + 1);
    layout[id] = { x: at * column, y: bottom + used * row };
  }
  return { ...document, layout };
};
