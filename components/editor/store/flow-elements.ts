import { type Edge, type Node, type NodeHandle, Position } from "@xyflow/react";
import type { GraphDocument, GraphEdge, GraphNode } from "@/runtime/graph/document";
import type { Container } from "@/runtime/node/define-node";
import type { Locale } from "@/runtime/node/localized";
import type { PortKind } from "@/runtime/node/port";
import { cardGeometry, cardHeight, portY } from "../canvas/card-geometry";
import type { NodePorts, PortLookup } from "./node-ports";

/** Wired ports that the node does not have (any more): shown, so that the wire can be seen and mended. */
export interface GhostPorts {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

export interface CardData extends Record<string, unknown> {
  readonly node: GraphNode;
  readonly ports: NodePorts;
  /** Names of the ports that a wire is attached to. */
  readonly wired: WiredPorts;
  readonly ghosts: GhostPorts;
  readonly preview: string;
}
export interface WiredPorts {
  readonly inputs: ReadonlySet<string>;
  readonly outputs: ReadonlySet<string>;
}
export type CardNode = Node<CardData, "card">;

export interface WireData extends Record<string, unknown> {
  readonly edge: GraphEdge;
  readonly kind: PortKind;
}
export type WireEdge = Edge<WireData, "wire">;

export interface Selection {
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}
export const emptySelection: Selection = { nodes: new Set(), edges: new Set() };

const noGhosts: GhostPorts = { inputs: [], outputs: [] };
const unwired: WiredPorts = { inputs: new Set(), outputs: new Set() };
const origin = { x: 0, y: 0 };

/** What cards and wires are called where they are read out. Ports go by what the card calls them. */
export interface SpokenNames {
  readonly card: (card: { readonly title: string; readonly type: string; readonly off: boolean }) => string;
  readonly wire: (ends: Readonly<Record<"from" | "output" | "to" | "input", string>>) => string;
  /** What a card and a wire are, in a word. */
  readonly cardRole: string;
  readonly wireRole: string;
}

export interface FlowContext {
  readonly portsOf: PortLookup;
  readonly previewOf: (node: GraphNode) => string;
  readonly titleOf: (node: GraphNode) => string;
  /** The name of a node's type. */
  readonly typeOf: (node: GraphNode) => string;
  /** How a container of this type runs its steps; null for what is none. */
  readonly runsOf: (type: string) => Container["runs"] | null;
  readonly locale: Locale;
  readonly spoken: SpokenNames | undefined;
}

/** Cards for React Flow. A card whose node, place, ports and selection did not change keeps its identity, so it is not drawn again. */
export const flowNodes = (
  document: GraphDocument,
  selection: Selection,
  former: readonly CardNode[],
  context: FlowContext,
): CardNode[] => {
  const formerById = new Map(former.map((card) => [card.id, card]));
  const wiring = wiredPorts(document.edges);
  return document.nodes.map((node) => {
    const before = formerById.get(node.id);
    const position = document.layout[node.id] ?? before?.position ?? origin;
    const selected = selection.nodes.has(node.id);
    const ports = context.portsOf(node);
    const wired = wiring.get(node.id) ?? unwired;
    const sameData = before?.data.node === node && before.data.ports === ports && sameWired(before.data.wired, wired);
    const title = context.titleOf(node);
    if (
      sameData &&
      before.selected === selected &&
      before.position.x === position.x &&
      before.position.y === position.y &&
      !before.dragging
    )
      return before;
    if (sameData) return { ...before, position, selected, dragging: false };
    const preview = context.previewOf(node);
    const ghosts = ghostsOf(wired, ports);
    const shape = {
      inputs: [...Object.keys(ports.inputs), ...ghosts.inputs],
      outputs: [...Object.keys(ports.outputs), ...ghosts.outputs],
      hasPreview: preview !== "",
    };
    const handles: NodeHandle[] = [
      ...shape.inputs.map((id, row) => handleAt(id, "target", portY(shape, row))),
      ...shape.outputs.map((id, row) => handleAt(id, "source", portY(shape, row))),
    ];
    return {
      id: node.id,
      type: "card",
      position,
      selected,
      data: { node, ports, wired, ghosts, preview },
      ariaLabel: context.spoken?.card({ title, type: context.typeOf(node), off: node.disabled }) ?? title,
      ...(context.spoken && { domAttributes: { "aria-roledescription": context.spoken.cardRole } }),
      initialWidth: cardGeometry.width,
      initialHeight: cardHeight(shape),
      handles,
      // A card out of sight is never drawn and so never measured; "fit to view" counts only cards that have a size.
      measured: before?.measured ?? { width: cardGeometry.width, height: cardHeight(shape) },
    };
  });
};

/** Wires for React Flow; a wire that did not change keeps its identity. */
export const flowEdges = (
  document: GraphDocument,
  selection: Selection,
  former: readonly WireEdge[],
  context: FlowContext,
): WireEdge[] => {
  const { portsOf } = context;
  const formerById = new Map(former.map((wire) => [wire.id, wire]));
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  return document.edges.flatMap((edge) => {
    const source = nodes.get(edge.from.node);
    const target = nodes.get(edge.to.node);
    if (!source || !target) return [];
    const kind = portsOf(source).outputs[edge.from.port]?.kind ?? "any";
    const selected = selection.edges.has(edge.id);
    const before = formerById.get(edge.id);
    const ariaLabel = wireName(edge, source, target, context);
    if (
      before?.data?.edge === edge &&
      before.data.kind === kind &&
      before.selected === selected &&
      before.ariaLabel === ariaLabel
    )
      return [before];
    return [
      {
        id: edge.id,
        type: "wire" as const,
        source: edge.from.node,
        sourceHandle: edge.from.port,
        target: edge.to.node,
        targetHandle: edge.to.port,
        selected,
        ariaLabel,
        ...(context.spoken && { domAttributes: { "aria-roledescription": context.spoken.wireRole } }),
        data: { edge, kind },
      },
    ];
  });
};

const wireName = (edge: GraphEdge, source: GraphNode, target: GraphNode, context: FlowContext): string => {
  const { portsOf, titleOf, spoken, locale } = context;
  const from = titleOf(source);
  const to = titleOf(target);
  const output = portsOf(source).outputs[edge.from.port]?.label?.[locale] ?? edge.from.port;
  const input = portsOf(target).inputs[edge.to.port]?.label?.[locale] ?? edge.to.port;
  return spoken?.wire({ from, output, to, input }) ?? `${from} · ${output} → ${to} · ${input}`;
};

const handleAt = (id: string, type: "source" | "target", middle: number): NodeHandle => ({
  id,
  type,
  position: type === "target" ? Position.Left : Position.Right,
  // A handle hangs on the inside of the border.
  x: (type === "target" ? cardGeometry.border : cardGeometry.width - cardGeometry.border) - cardGeometry.handle / 2,
  y: middle + cardGeometry.border - cardGeometry.handle / 2,
  width: cardGeometry.handle,
  height: cardGeometry.handle,
});

const wiredPorts = (edges: readonly GraphEdge[]): ReadonlyMap<string, WiredPorts> => {
  const wiring = new Map<string, { readonly inputs: Set<string>; readonly outputs: Set<string> }>();
  const at = (node: string) => {
    let entry = wiring.get(node);
    if (!entry) {
      entry = { inputs: new Set(), outputs: new Set() };
      wiring.set(node, entry);
    }
    return entry;
  };
  for (const { from, to } of edges) {
    at(from.node).outputs.add(from.port);
    at(to.node).inputs.add(to.port);
  }
  return wiring;
};

const ghostsOf = (wired: WiredPorts, ports: NodePorts): GhostPorts => {
  const inputs = [...wired.inputs].filter((name) => !Object.hasOwn(ports.inputs, name));
  const outputs = [...wired.outputs].filter((name) => !Object.hasOwn(ports.outputs, name));
  return inputs.length + outputs.length === 0 ? noGhosts : { inputs, outputs };
};

const sameNames = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a === b || (a.size === b.size && [...a].every((name) => b.has(name)));
const sameWired = (a: WiredPorts, b: WiredPorts): boolean =>
  sameNames(a.inputs, b.inputs) && sameNames(a.outputs, b.outputs);
