import { type Category, categories } from "@/runtime/node/define-node";

export interface DrawnNode {
  readonly id: string;
  readonly type: string;
  readonly x: number;
  readonly y: number;
}

export interface DrawnEdge {
  readonly from: string;
  readonly to: string;
}

/** In canvas pixels, about as wide as a real card. */
export const nodeSize = { width: 230, height: 120 } as const;

/** Columns stand closer than on the canvas, so that a card in a list shows boxes rather than the room between them. */
const narrower = 0.86;

/** Never zoomed in closer than this many canvas pixels, so that a lone node stays small. */
const smallest = { width: 700, height: 280 } as const;
const margin = 32;

export interface Miniature {
  readonly viewBox: string;
  readonly boxes: readonly {
    readonly id: string;
    readonly x: number;
    readonly y: number;
    readonly category: Category;
  }[];
  readonly wires: readonly { readonly id: string; readonly path: string }[];
}

/** A node of an unknown kind is drawn as a tool. */
const categoryOf = (type: string): Category => categories.find((name) => type.startsWith(`${name}/`)) ?? "tool";

const round = (value: number) => Math.round(value * 10) / 10;

/** Node positions as boxes and curves, with the view box that shows them all in the middle. */
export const drawMiniature = (nodes: readonly DrawnNode[], edges: readonly DrawnEdge[]): Miniature => {
  const placed = nodes.map((node) => ({ ...node, x: node.x * narrower }));
  const byId = new Map(placed.map((node) => [node.id, node]));
  const lefts = placed.map((node) => node.x);
  const tops = placed.map((node) => node.y);
  const left = nodes.length ? Math.min(...lefts) : 0;
  const top = nodes.length ? Math.min(...tops) : 0;
  const wide = nodes.length ? Math.max(...lefts) - left + nodeSize.width : 0;
  const high = nodes.length ? Math.max(...tops) - top + nodeSize.height : 0;
  const width = Math.max(wide + 2 * margin, smallest.width);
  const height = Math.max(high + 2 * margin, smallest.height);
  const frame = [left - (width - wide) / 2, top - (height - high) / 2, width, height];
  return {
    viewBox: frame.map(round).join(" "),
    boxes: placed.map(({ id, type, x, y }) => ({ id, x: round(x), y: round(y), category: categoryOf(type) })),
    wires: edges.flatMap((edge, index) => {
      const from = byId.get(edge.from);
      const to = byId.get(edge.to);
      if (!from || !to) return [];
      const [x1, y1] = [from.x + nodeSize.width, from.y + nodeSize.height / 2];
      const [x2, y2] = [to.x, to.y + nodeSize.height / 2];
      const bend = Math.max(40, Math.abs(x2 - x1) / 2);
      const points = [x1, y1, x1 + bend, y1, x2 - bend, y2, x2, y2].map(round);
      const [a, b, c, d, e, f, g, h] = points;
      return [{ id: `${index}:${edge.from}:${edge.to}`, path: `M${a} ${b}C${c} ${d} ${e} ${f} ${g} ${h}` }];
    }),
  };
};
