import type { GraphNode } from "@/runtime/graph/document";
import { resolveNode } from "@/runtime/graph/resolve-node";
import type { Catalog } from "@/runtime/node/catalog";
import type { Ports } from "@/runtime/node/port";

export interface NodePorts {
  readonly inputs: Ports;
  readonly outputs: Ports;
}

const none: NodePorts = { inputs: {}, outputs: {} };

/** Looks a node's ports up; while its settings are half-typed and not valid, the last valid ones stand in. */
export type PortLookup = (node: GraphNode) => NodePorts;

export const createPortLookup = (catalog: Catalog): PortLookup => {
  const lastGood = new Map<string, { readonly type: string; readonly ports: NodePorts }>();
  return (node) => {
    const { ports } = resolveNode(node, catalog);
    if (ports) {
      if (lastGood.get(node.id)?.ports !== ports) lastGood.set(node.id, { type: node.type, ports });
      return ports;
    }
    const former = lastGood.get(node.id);
    return former?.type === node.type ? former.ports : none;
  };
};
