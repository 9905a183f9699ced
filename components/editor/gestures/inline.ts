import type { GraphDocument, GraphEdge, GraphNode, PortRef, Position } from "@/runtime/graph/document";
import type { GraphOperation } from "@/runtime/graph/edit/operation";
import type { Catalog } from "@/runtime/node/catalog";
import { newEdgeId, newNodeId, type RandomWord } from "./identifiers";

/** The steps that stand where the container stood. */
export interface Inlined {
  readonly nodes: readonly string[];
  readonly operations: readonly GraphOperation[];
  /** The container had a policy, which no step can take over. */
  readonly dropsPolicy: boolean;
}

/** Whether a container's steps can stand in its place: it runs them once, with what comes in. */
export const canInline = (node: GraphNode, catalog: Catalog): boolean =>
  node.body !== undefined && catalog.get(node.type)?.container?.runs === "once";

/** Puts what a container holds in its place, with its wires; null where that cannot be. What was switched off with it stays off. Its input and output nodes go: what was wired to the container is wired through them. */
export const inlineNode = (
  document: GraphDocument,
  catalog: Catalog,
  container: string,
  random: RandomWord,
): Inlined | null => {
  const node = document.nodes.find(({ id }) => id === container);
  if (node === undefined || node.body === undefined || !canInline(node, catalog)) return null;
  const { body } = node;
  const boundary = new Map(
    body.nodes.flatMap(({ id, type }) => {
      const kind = catalog.get(type)?.boundary?.kind;
      return kind === undefined ? [] : [[id, kind] as const];
    }),
  );
  const taken = new Set(document.nodes.map(({ id }) => id));
  const ids = new Map<string, string>();
  for (const { id, type } of body.nodes) {
    if (boundary.has(id)) continue;
    const free = taken.has(id) ? newNodeId(type, taken, random) : id;
    taken.add(free);
    ids.set(id, free);
  }
  const incoming = new Map(
    document.edges.flatMap(({ from, to }) => (to.node === container ? [[to.port, from] as const] : [])),
  );
  /** Where a value inside comes from, seen from outside; null for an input that nothing is wired into. */
  const sourceOf = ({ node: id, port }: PortRef): PortRef | null =>
    boundary.get(id) === "input" ? (incoming.get(port) ?? null) : { node: ids.get(id) ?? id, port };
  const edges: Omit<GraphEdge, "id">[] = [];
  const results = new Map<string, PortRef>();
  for (const { from, to } of body.edges) {
    const source = sourceOf(from);
    if (source === null) continue;
    if (boundary.get(to.node) === "output") results.set(to.port, source);
    else edges.push({ from: source, to: { node: ids.get(to.node) ?? to.node, port: to.port } });
  }
  for (const { from, to } of document.edges) {
    const source = from.node === container ? results.get(from.port) : undefined;
    if (source !== undefined) edges.push({ from: source, to });
  }
  const kept = body.nodes.filter(({ id }) => ids.has(id));
  const at = document.layout[container] ?? { x: 0, y: 0 };
  const places = kept.map(({ id }) => body.layout[id] ?? { x: 0, y: 0 });
  const left = Math.min(0, ...places.map(({ x }) => x));
  const middle = places.length === 0 ? 0 : Math.min(...places.map(({ x }) => x));
  const top = places.length === 0 ? 0 : Math.min(...places.map(({ y }) => y));
  const position = ({ x, y }: Position): Position => ({ x: at.x + x - (middle || left), y: at.y + y - top });
  return {
    nodes: [...ids.values()],
    dropsPolicy: node.policy !== undefined,
    operations: [
      { type: "remove-nodes", nodes: [container] },
      ...kept.map(
        (each, index): GraphOperation => ({
          type: "add-node",
          node: { ...each, id: ids.get(each.id) ?? each.id, disabled: each.disabled || node.disabled },
          position: position(places[index] as Position),
        }),
      ),
      ...Object.entries(body.variants ?? {}).flatMap(([id, variants]): GraphOperation[] => {
        const free = ids.get(id);
        return free === undefined ? [] : [{ type: "set-variants", node: free, variants }];
      }),
      ...edges.map((edge): GraphOperation => ({ type: "connect", edge: { id: newEdgeId(random), ...edge } })),
    ],
  };
};
