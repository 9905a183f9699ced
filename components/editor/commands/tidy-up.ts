import { Graph, layout } from "@dagrejs/dagre";
import type { Position } from "@/runtime/graph/document";
import type { Box } from "./arrange";

const gaps = { nodesep: 36, edgesep: 16, ranksep: 88 } as const;
const grid = 4;

/**
 * Layered layout from left to right (dagre, after Gansner and others 1993): every step stands right of what feeds it, with few crossings. What is laid out keeps its
 * upper left corner, so that it does not run away. Wires to other cards are left out of account.
 */
export const tidyUp = (
  boxes: readonly Box[],
  wires: readonly { readonly from: string; readonly to: string }[],
): Readonly<Record<string, Position>> => {
  if (boxes.length === 0) return {};
  const graph = new Graph({ multigraph: false });
  graph.setGraph({ rankdir: "LR", ...gaps });
  graph.setDefaultEdgeLabel(() => ({}));
  // In the order that they stand in, so that ties keep what the eye knows.
  for (const { id, width, height } of [...boxes].sort((a, b) => a.y - b.y || a.x - b.x || (a.id < b.id ? -1 : 1)))
    graph.setNode(id, { width, height });
  for (const { from, to } of wires) if (graph.hasNode(from) && graph.hasNode(to)) graph.setEdge(from, to);
  layout(graph);
  const corners = boxes.map(({ id, width, height }) => {
    const { x, y } = graph.node(id) as Position;
    return { id, x: x - width / 2, y: y - height / 2 };
  });
  const shift = (axis: "x" | "y"): number =>
    Math.min(...boxes.map((box) => box[axis])) - Math.min(...corners.map((corner) => corner[axis]));
  const [dx, dy] = [shift("x"), shift("y")];
  const snapped = (value: number): number => Math.round(value / grid) * grid;
  return Object.fromEntries(corners.map(({ id, x, y }) => [id, { x: snapped(x + dx), y: snapped(y + dy) }]));
};
