import type { GraphDocument } from "../document";
import { type Applied, unchanged } from "./operation";

/** Takes the nodes' wires and places with them. */
export interface RemoveNodes {
  readonly type: "remove-nodes";
  readonly nodes: readonly string[];
}

export const applyRemoveNodes = (document: GraphDocument, operation: RemoveNodes): Applied => {
  const going = new Set(operation.nodes);
  const nodes = document.nodes.flatMap((node, index) =>
    going.has(node.id)
      ? [{ index, node, ...(Object.hasOwn(document.layout, node.id) ? { position: document.layout[node.id] } : {}) }]
      : [],
  );
  if (nodes.length === 0) return unchanged(document);
  const edges = document.edges.flatMap((edge, index) =>
    going.has(edge.from.node) || going.has(edge.to.node) ? [{ index, edge }] : [],
  );
  const gone = new Set(nodes.map(({ node }) => node.id));
  return {
    document: {
      ...document,
      nodes: document.nodes.filter(({ id }) => !going.has(id)),
      edges:
        edges.length === 0
          ? document.edges
          : document.edges.filter(({ from, to }) => !going.has(from.node) && !going.has(to.node)),
      layout: Object.fromEntries(Object.entries(document.layout).filter(([id]) => !gone.has(id))),
    },
    inverse: { type: "restore", nodes, edges },
  };
};
