import type { GraphDocument, GraphNode, Position } from "../document";
import { type Applied, type GraphOperation, unchanged } from "./operation";

export interface AddNode {
  readonly type: "add-node";
  readonly node: GraphNode;
  readonly position?: Position;
}

/** An id that is taken leaves the document as it is. */
export const applyAddNode = (document: GraphDocument, { node, position }: AddNode): Applied => {
  if (document.nodes.some(({ id }) => id === node.id)) return unchanged(document);
  const former = Object.hasOwn(document.layout, node.id) ? document.layout[node.id] : undefined;
  const remove: GraphOperation = { type: "remove-nodes", nodes: [node.id] };
  return {
    document: {
      ...document,
      nodes: [...document.nodes, node],
      layout: position === undefined ? document.layout : { ...document.layout, [node.id]: position },
    },
    // Removing takes the place along, so one that was there before the node is put back.
    inverse:
      former === undefined
        ? remove
        : { type: "batch", operations: [remove, { type: "move-nodes", positions: { [node.id]: former } }] },
  };
};
