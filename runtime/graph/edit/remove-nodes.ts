import type { GraphDocument } from "../document";
import { pinOf, withPin } from "../pins";
import { variantsOf, withVariants } from "../variants";
import { type Applied, unchanged } from "./operation";

/** Takes the nodes' wires, places, variants and pins with them. */
export interface RemoveNodes {
  readonly type: "remove-nodes";
  readonly nodes: readonly string[];
}

export const applyRemoveNodes = (document: GraphDocument, operation: RemoveNodes): Applied => {
  const going = new Set(operation.nodes);
  const nodes = document.nodes.flatMap((node, index) =>
    going.has(node.id)
      ? [
          {
            index,
            node,
            ...(Object.hasOwn(document.layout, node.id) && { position: document.layout[node.id] }),
            ...(variantsOf(document, node.id).length > 0 && { variants: variantsOf(document, node.id) }),
            ...(pinOf(document, node.id) !== undefined && { pin: pinOf(document, node.id) }),
          },
        ]
      : [],
  );
  if (nodes.length === 0) return unchanged(document);
  const edges = document.edges.flatMap((edge, index) =>
    going.has(edge.from.node) || going.has(edge.to.node) ? [{ index, edge }] : [],
  );
  const gone = new Set(nodes.map(({ node }) => node.id));
  const rest = nodes.reduce((current, { node, variants, pin }) => {
    const plain = variants ? withVariants(current, node.id, []) : current;
    return pin ? withPin(plain, node.id, null) : plain;
  }, document);
  return {
    document: {
      ...rest,
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
