import type { GraphNode } from "@/runtime/graph/document";
import { resolveNode } from "@/runtime/graph/resolve-node";
import { roughPorts } from "@/runtime/graph/rough-ports";
import type { Catalog } from "@/runtime/node/catalog";
import type { Ports } from "@/runtime/node/port";

export interface NodePorts {
  readonly inputs: Ports;
  readonly outputs: Ports;
}

const none: NodePorts = { inputs: {}, outputs: {} };

/**
 * Looks a node's ports up. While its settings are half-typed and not valid, the last valid ones stand in; where none are known, as after a reload,
 * what can be told of the settings as they are.
 */
export type PortLookup = (node: GraphNode) => NodePorts;

export const createPortLookup = (catalog: Catalog): PortLookup => {
  const lastGood = new Map<string, { readonly type: string; readonly ports: NodePorts }>();
  const rough = new WeakMap<GraphNode, NodePorts>();
  return (node) => {
    const { ports, definition } = resolveNode(node, catalog);
    if (ports) {
      if (lastGood.get(node.id)?.ports !== ports) lastGood.set(node.id, { type: node.type, ports });
      return ports;
    }
    const former = lastGood.get(node.id);
    if (former?.type === node.type) return former.ports;
    const known = rough.get(node) ?? (definition && roughPorts(definition, node.config)) ?? none;
    rough.set(node, known);
    return known;
  };
};
