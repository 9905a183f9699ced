import { type GraphDocument, type GraphNode, graphDocument } from "@/runtime/graph/document";

type NodeInput = { readonly type: string } & Partial<Omit<GraphNode, "id" | "type">>;

/**
 * A document from the shortest description: nodes by id, wires as `"from.port > to.port"`.
 * A port whose name holds a dot cannot be written this way.
 */
export const buildDocument = (
  nodes: Readonly<Record<string, NodeInput>>,
  wires: readonly string[] = [],
): GraphDocument =>
  graphDocument.parse({
    schemaVersion: 1,
    nodes: Object.entries(nodes).map(([id, node]) => ({ id, typeVersion: 1, config: {}, ...node })),
    edges: wires.map((wire) => {
      const [from, to] = wire.split(" > ").map((end) => {
        const dot = end.indexOf(".");
        return { node: end.slice(0, dot), port: end.slice(dot + 1) };
      });
      return { id: wire, from, to };
    }),
    layout: {},
  });
