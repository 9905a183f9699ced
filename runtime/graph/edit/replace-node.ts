import type { GraphDocument, GraphNode } from "../document";
import { variantsOf, withVariants } from "../variants";
import { changeNode } from "./change-node";
import type { Applied } from "./operation";

/**
 * Puts another node in a node's place, keeping its id, its wires and its place: another type, or settings lifted to a newer version. Variants of
 * another type's settings go.
 */
export interface ReplaceNode {
  readonly type: "replace-node";
  readonly node: GraphNode;
}

export const applyReplaceNode = (document: GraphDocument, { node }: ReplaceNode): Applied => {
  const former = document.nodes.find(({ id }) => id === node.id);
  const replaced = changeNode(document, node.id, (before) => ({
    node,
    inverse: { type: "replace-node", node: before },
  }));
  const variants = variantsOf(document, node.id);
  if (former === undefined || former.type === node.type || variants.length === 0) return replaced;
  return {
    document: withVariants(replaced.document, node.id, []),
    inverse: { type: "batch", operations: [replaced.inverse, { type: "set-variants", node: node.id, variants }] },
  };
};
