import type { GraphDocument, GraphNode } from "../document";
import { type Applied, type GraphOperation, unchanged } from "./operation";

/** Changes one node and leaves every other as it is. A change that gives the same node back is none. */
export const changeNode = (
  document: GraphDocument,
  id: string,
  change: (node: GraphNode) => { readonly node: GraphNode; readonly inverse: GraphOperation },
): Applied => {
  const index = document.nodes.findIndex((node) => node.id === id);
  const former = document.nodes[index];
  if (former === undefined) return unchanged(document);
  const { node, inverse } = change(former);
  if (node === former) return unchanged(document);
  return { document: { ...document, nodes: document.nodes.with(index, node) }, inverse };
};
