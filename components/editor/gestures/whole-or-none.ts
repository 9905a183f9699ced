import type { GraphDocument, GraphEdge, GraphNode, PortRef } from "@/runtime/graph/document";
import type { Catalog } from "@/runtime/node/catalog";
import { getOwn } from "@/runtime/node/record";
import type { PortLookup } from "../store/node-ports";

interface Setting {
  readonly document: GraphDocument;
  readonly catalog: Catalog;
  readonly portsOf: PortLookup;
}

type Reach = (node: GraphNode, incoming: readonly GraphEdge[], isAbsent: (edge: GraphEdge) => boolean) => boolean;

/** Whether a step is left out where some of what is wired into it is not there. */
const isLeftOut =
  ({ catalog, portsOf }: Setting): Reach =>
  (node, incoming, isAbsent) => {
    if (catalog.get(node.type)?.join === "any") return incoming.length > 0 && incoming.every(isAbsent);
    const { inputs } = portsOf(node);
    return incoming.some((edge) => getOwn(inputs, edge.to.port)?.optional !== true && isAbsent(edge));
  };

/** Ids of nodes that a rule holds for, where what holds for one may make it hold for others after it. */
const spread = (
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
  holds: (node: GraphNode, incoming: readonly GraphEdge[], found: ReadonlySet<string>) => boolean,
): ReadonlySet<string> => {
  const incoming = new Map<string, GraphEdge[]>();
  for (const edge of edges) {
    const known = incoming.get(edge.to.node);
    if (known === undefined) incoming.set(edge.to.node, [edge]);
    else known.push(edge);
  }
  const found = new Set<string>();
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const node of nodes)
      if (!found.has(node.id) && holds(node, incoming.get(node.id) ?? [], found)) found.add(node.id);
  }
  return found;
};

/** Whether the steps may stand in a container of their own: it runs as a whole or not at all, so whatever may not come into it must leave out every one of them. */
export const runWholeOrNotAtAll = (inside: ReadonlySet<string>, setting: Setting): boolean => {
  const { document, portsOf } = setting;
  const leftOut = isLeftOut(setting);
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const isBranch = ({ node, port }: PortRef): boolean => {
    const source = nodes.get(node);
    return source === undefined || getOwn(portsOf(source).outputs, port)?.optional === true;
  };
  const doubtful = spread(document.nodes, document.edges, (node, incoming, found) => {
    const onError = node.policy?.onError;
    const mayGiveNothing = node.disabled || onError === "continue" || onError === "error-port";
    return mayGiveNothing || leftOut(node, incoming, ({ from }) => found.has(from.node) || isBranch(from));
  });
  const edges = document.edges.filter(({ to }) => inside.has(to.node));
  const chosen = document.nodes.filter(({ id }) => inside.has(id));
  const key = ({ node, port }: PortRef) => JSON.stringify([node, port]);
  const comingIn = edges.map(({ from }) => from).filter(({ node }) => !inside.has(node));
  const mayNotCome = new Map(
    comingIn.filter((from) => doubtful.has(from.node) || isBranch(from)).map((from) => [key(from), from]),
  );
  return [...mayNotCome.keys()].every((absent) => {
    const without = spread(
      chosen,
      edges,
      (node, incoming, found) =>
        node.disabled || leftOut(node, incoming, ({ from }) => found.has(from.node) || key(from) === absent),
    );
    return without.size === chosen.length;
  });
};
