import type { GraphDocument, PortRef } from "@/runtime/graph/document";
import type { PortKind } from "@/runtime/node/port";
import type { NodePorts, PortLookup } from "../store/node-ports";
import { connectionChecker, connectionEnds, type LooseEnd } from "./check-connection";

/** A wire that could be laid. */
export interface ConnectionChoice {
  readonly from: PortRef;
  readonly to: PortRef;
  readonly kind: PortKind;
  /** The input has a wire, which this one would replace. */
  readonly taken: boolean;
}

/** So many are looked for: beyond them one searches by name. */
const most = 2000;

const ends = ({ inputs, outputs }: NodePorts, node: string): readonly LooseEnd[] => [
  ...Object.keys(outputs).map((port): LooseEnd => ({ side: "output", ref: { node, port } })),
  ...Object.keys(inputs).map((port): LooseEnd => ({ side: "input", ref: { node, port } })),
];

/** Every wire that fits at one port of a node, or, where none is named, at any of them. Free inputs come before those that have a wire. */
export const connectionChoices = (
  document: GraphDocument,
  portsOf: PortLookup,
  begun: { readonly node: string; readonly end?: LooseEnd },
): readonly ConnectionChoice[] => {
  const own = document.nodes.find(({ id }) => id === begun.node);
  if (own === undefined) return [];
  const wired = new Set(document.edges.map(({ to }) => JSON.stringify([to.node, to.port])));
  const joined = new Set(document.edges.map(({ from, to }) => JSON.stringify([from, to])));
  const others = document.nodes.filter(({ id }) => id !== own.id).flatMap((node) => ends(portsOf(node), node.id));
  const choices: ConnectionChoice[] = [];
  for (const end of begun.end ? [begun.end] : ends(portsOf(own), own.id)) {
    const check = connectionChecker(document, portsOf, end);
    for (const other of others) {
      if (choices.length >= most || check(other) !== null) continue;
      const wire = connectionEnds(end, other);
      if (joined.has(JSON.stringify([wire.from, wire.to]))) continue;
      const source = document.nodes.find(({ id }) => id === wire.from.node);
      const kind = (source && portsOf(source).outputs[wire.from.port]?.kind) ?? "any";
      choices.push({ ...wire, kind, taken: wired.has(JSON.stringify([wire.to.node, wire.to.port])) });
    }
  }
  return [...choices.filter(({ taken }) => !taken), ...choices.filter(({ taken }) => taken)];
};
