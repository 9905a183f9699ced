import type { GraphDocument, PortRef } from "@/runtime/graph/document";
import { downstream, topologyOf } from "@/runtime/graph/topology";
import { canConnect } from "@/runtime/node/connection";
import type { PortKind } from "@/runtime/node/port";
import type { PortLookup } from "../store/node-ports";

export type Refusal =
  | { readonly reason: "kind"; readonly from: PortKind; readonly to: PortKind }
  | { readonly reason: "cycle" }
  | { readonly reason: "same-node" }
  | { readonly reason: "same-side"; readonly side: "input" | "output" }
  | { readonly reason: "port-missing" };

export interface LooseEnd {
  readonly side: "input" | "output";
  readonly ref: PortRef;
}

/**
 * Whether a wire that began at one end may be dropped on another. Everything that depends on the first end alone is worked
 * out once, so that asking for every port in view costs little.
 */
export const connectionChecker = (
  document: GraphDocument,
  portsOf: PortLookup,
  begun: LooseEnd,
): ((other: LooseEnd) => Refusal | null) => {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const kindAt = ({ side, ref }: LooseEnd): PortKind | undefined => {
    const node = nodes.get(ref.node);
    if (!node) return undefined;
    const ports = portsOf(node);
    const list = side === "input" ? ports.inputs : ports.outputs;
    return Object.hasOwn(list, ref.port) ? list[ref.port]?.kind : undefined;
  };
  const kind = kindAt(begun);
  const topology = topologyOf(document);
  const backwards = { ...topology, edges: topology.edges.map(({ from, to }) => ({ from: to, to: from })) };
  // From an output, a wire to anything upstream would close a circle; from an input, one from anything downstream.
  const circle = downstream(begun.side === "output" ? backwards : topology, [begun.ref.node]);

  return (other) => {
    if (other.side === begun.side)
      return other.ref.node === begun.ref.node ? { reason: "same-node" } : { reason: "same-side", side: begun.side };
    if (other.ref.node === begun.ref.node) return { reason: "same-node" };
    const otherKind = kindAt(other);
    if (kind === undefined || otherKind === undefined) return { reason: "port-missing" };
    const [from, to] = begun.side === "output" ? [kind, otherKind] : [otherKind, kind];
    if (!canConnect(from, to)) return { reason: "kind", from, to };
    return circle.has(other.ref.node) ? { reason: "cycle" } : null;
  };
};

export const connectionEnds = (a: LooseEnd, b: LooseEnd): { readonly from: PortRef; readonly to: PortRef } =>
  a.side === "output" ? { from: a.ref, to: b.ref } : { from: b.ref, to: a.ref };
