import type { GraphDocument, GraphEdge, GraphNode, NodeVariant, PinnedOutputs, Position } from "../document";
import { withPin } from "../pins";
import { withVariants } from "../variants";
import { type Applied, type GraphOperation, unchanged } from "./operation";

/** Puts nodes and wires back where they stood. `index` is the place in the list of the document that comes out. */
export interface Restore {
  readonly type: "restore";
  readonly nodes: readonly {
    readonly index: number;
    readonly node: GraphNode;
    readonly position?: Position;
    readonly variants?: readonly NodeVariant[];
    readonly pin?: PinnedOutputs;
  }[];
  readonly edges: readonly { readonly index: number; readonly edge: GraphEdge }[];
}

/** What is there already stays as it is. */
export const applyRestore = (document: GraphDocument, operation: Restore): Applied => {
  const ids = new Set(document.nodes.map(({ id }) => id));
  const edgeIds = new Set(document.edges.map(({ id }) => id));
  const nodes = operation.nodes.filter(({ node }) => !ids.has(node.id));
  const edges = operation.edges.filter(({ edge }) => !edgeIds.has(edge.id));
  if (nodes.length === 0 && edges.length === 0) return unchanged(document);
  const layout = { ...document.layout };
  const inverses: GraphOperation[] = [];
  if (edges.length > 0) inverses.push({ type: "disconnect", edges: edges.map(({ edge }) => edge.id) });
  if (nodes.length > 0) inverses.push({ type: "remove-nodes", nodes: nodes.map(({ node }) => node.id) });
  const formerly: Record<string, Position> = {};
  for (const { node, position } of nodes) {
    const before = Object.hasOwn(layout, node.id) ? layout[node.id] : undefined;
    if (before !== undefined) formerly[node.id] = before;
    if (position !== undefined) layout[node.id] = position;
  }
  // Removing takes places along, so those that were there before the nodes are put back.
  if (Object.keys(formerly).length > 0) inverses.push({ type: "move-nodes", positions: formerly });
  const varied = nodes.reduce((current, { node, variants, pin }) => {
    const varied = variants ? withVariants(current, node.id, variants) : current;
    return pin ? withPin(varied, node.id, pin) : varied;
  }, document);
  return {
    document: {
      ...varied,
      nodes: insertAt(
        document.nodes,
        nodes.map(({ index, node }) => ({ index, item: node })),
      ),
      edges: insertAt(
        document.edges,
        edges.map(({ index, edge }) => ({ index, item: edge })),
      ),
      layout,
    },
    inverse: { type: "batch", operations: inverses },
  };
};

/** Inserts in rising order of index, so that each lands on its own. */
const insertAt = <T>(items: T[], inserted: readonly { readonly index: number; readonly item: T }[]): T[] => {
  if (inserted.length === 0) return items;
  const out = [...items];
  for (const { index, item } of [...inserted].sort((a, b) => a.index - b.index)) out.splice(index, 0, item);
  return out;
};
