import type { GraphDocument } from "../document";
import { type Applied, unchanged } from "./operation";

export interface Disconnect {
  readonly type: "disconnect";
  /** Ids of wires. */
  readonly edges: readonly string[];
}

export const applyDisconnect = (document: GraphDocument, operation: Disconnect): Applied => {
  const going = new Set(operation.edges);
  const edges = document.edges.flatMap((edge, index) => (going.has(edge.id) ? [{ index, edge }] : []));
  if (edges.length === 0) return unchanged(document);
  return {
    document: { ...document, edges: document.edges.filter(({ id }) => !going.has(id)) },
    inverse: { type: "restore", nodes: [], edges },
  };
};
