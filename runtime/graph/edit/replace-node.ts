import type { GraphDocument, GraphNode } from "../document";
import { changeNode } from "./change-node";
import type { Applied } from "./operation";

/** Puts another node in a node's place, keeping its id, its wires and its place: another type, or settings lifted to a newer version. */
export interface ReplaceNode {
  readonly type: "replace-node";
  readonly node: GraphNode;
}

export const applyReplaceNode = (document: GraphDocument, { node }: ReplaceNode): Applied =>
  changeNode(document, node.id, (former) => ({ node, inverse: { type: "replace-node", node: former } }));
