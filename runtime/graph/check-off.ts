import { getOwn } from "@/runtime/node/record";
import type { Diagnostic } from "./diagnostic";
import type { GraphDocument, GraphEdge } from "./document";
import { type Passes, passesOf, type WiredKinds } from "./passes";
import type { ResolvedNode } from "./resolve-node";
import { topologicalOrder, topologyOf } from "./topology";

/** Names that one sentence tells of; more are counted. */
const mostNamed = 5;

const nameOf = ({ node, definition }: ResolvedNode): string => node.label ?? definition?.title.en ?? node.id;

const noKinds: WiredKinds = new Map();

/** Says of every node that is switched off what will not run because of it. */
export const checkOff = (document: GraphDocument, nodes: ReadonlyMap<string, ResolvedNode>): Diagnostic[] => {
  if (![...nodes.values()].some(({ node }) => node.disabled)) return [];
  const incoming = new Map<string, GraphEdge[]>();
  for (const edge of document.edges) incoming.set(edge.to.node, [...(incoming.get(edge.to.node) ?? []), edge]);
  /** Nodes that will not run, or give nothing on, and which switched-off node that is because of. */
  const idle = new Map<string, string>();
  const passes = new Map<string, Passes>();
  const causeOf = (edge: GraphEdge): string | undefined => {
    const off = passes.get(edge.from.node);
    if (off !== undefined && !off.has(edge.from.port)) return idle.get(edge.from.node) ?? edge.from.node;
    return idle.get(edge.from.node);
  };
  const stopped = new Map<string, ResolvedNode[]>();
  for (const id of topologicalOrder(topologyOf(document)).order) {
    const resolved = nodes.get(id);
    if (resolved === undefined) continue;
    const wires = incoming.get(id) ?? [];
    if (resolved.node.disabled) {
      passes.set(id, passesOf(resolved, wiredKindsOf(wires, nodes)));
      const through = [...(passes.get(id)?.values() ?? [])];
      const cut = wires.filter(({ to }) => through.includes(to.port)).map(causeOf);
      const [cause] = cut;
      if (cause !== undefined && cut.every((each) => each !== undefined)) idle.set(id, cause);
      continue;
    }
    const cause = stopsFor(resolved, wires, causeOf);
    if (cause === undefined) continue;
    idle.set(id, cause);
    stopped.set(cause, [...(stopped.get(cause) ?? []), resolved]);
  }
  return [...stopped].map(([id, behind]) => {
    const off = nodes.get(id) as ResolvedNode;
    const named = behind.slice(0, mostNamed).map((each) => `"${nameOf(each)}"`);
    const more = behind.length - named.length;
    const names = [...named, ...(more > 0 ? [`+${more}`] : [])].join(", ");
    return {
      code: "step-off-stops",
      severity: "warning",
      message: `"${nameOf(off)}" is switched off and passes nothing on that fits, so this will not run: ${names}.`,
      hint: "Switch it on, or lead a wire past it.",
      params: { node: nameOf(off), steps: behind.map(({ node }) => node.id).join("\n") },
      at: { node: id },
    };
  });
};

const wiredKindsOf = (wires: readonly GraphEdge[], nodes: ReadonlyMap<string, ResolvedNode>): WiredKinds =>
  wires.length === 0
    ? noKinds
    : new Map(
        wires.map(({ from, to }) => [
          to.port,
          getOwn(nodes.get(from.node)?.ports?.outputs ?? {}, from.port)?.kind ?? "any",
        ]),
      );

/** The switched-off node that keeps this one from running, if any does. */
const stopsFor = (
  { definition, ports }: ResolvedNode,
  wires: readonly GraphEdge[],
  causeOf: (edge: GraphEdge) => string | undefined,
): string | undefined => {
  if (definition === undefined || ports === undefined) return undefined;
  const causes = wires.map((edge) => ({ edge, cause: causeOf(edge) }));
  if (definition.join === "any" || definition.boundary?.kind === "output") {
    const [first] = causes;
    return causes.every(({ cause }) => cause !== undefined) ? first?.cause : undefined;
  }
  return causes.find(({ edge, cause }) => cause !== undefined && getOwn(ports.inputs, edge.to.port)?.optional === false)
    ?.cause;
};
