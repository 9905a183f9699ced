import { z } from "zod";
import {
  type GraphDocument,
  type GraphEdge,
  graphEdge,
  graphLimits,
  graphNode,
  nodeVariants,
  type Position,
  position,
} from "@/runtime/graph/document";
import type { GraphOperation } from "@/runtime/graph/edit/operation";
import { variantsOf } from "@/runtime/graph/variants";
import { newEdgeId, newNodeId, type RandomWord } from "./identifiers";

/** Part of a pipeline as text: what the clipboard holds, and what can be sent in a mail. */
const clip = z.strictObject({
  format: z.literal("pipewright/clip"),
  version: z.literal(1),
  nodes: z.array(graphNode).min(1).max(graphLimits.nodes),
  edges: z.array(graphEdge).max(graphLimits.edges),
  layout: z.record(z.string(), position),
  /** By node id; left out where no node has any. */
  variants: z.record(z.string(), nodeVariants).optional(),
});
export type Clip = z.output<typeof clip>;

/** The chosen nodes and the wires between them; null where none is chosen. */
export const copyNodes = (document: GraphDocument, ids: ReadonlySet<string>): Clip | null => {
  const nodes = document.nodes.filter(({ id }) => ids.has(id));
  if (nodes.length === 0) return null;
  const variants: Clip["variants"] = {};
  for (const { id } of nodes) {
    const own = variantsOf(document, id);
    if (own.length > 0) variants[id] = [...own];
  }
  return {
    format: "pipewright/clip",
    version: 1,
    nodes,
    edges: document.edges.filter(({ from, to }) => ids.has(from.node) && ids.has(to.node)),
    layout: Object.fromEntries(nodes.map(({ id }) => [id, document.layout[id] ?? { x: 0, y: 0 }])),
    ...(Object.keys(variants).length > 0 && { variants }),
  };
};

export const writeClip = (value: Clip): string => JSON.stringify(value, null, 1);

/** null for any text that is no clip: pasting it does nothing. */
export const readClip = (text: string): Clip | null => {
  if (text.length > graphLimits.bytes || !text.trimStart().startsWith("{")) return null;
  try {
    const parsed = clip.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
};

export interface Pasted {
  readonly nodes: readonly string[];
  readonly operations: readonly GraphOperation[];
}

/** Adds a clip's nodes under new ids, their upper left corner at `at`, or shifted a little where no place is given. */
export const pasteClip = (
  document: GraphDocument,
  { nodes, edges, layout, variants = {} }: Clip,
  at: Position | null,
  random: RandomWord,
): Pasted | "too-many" => {
  if (document.nodes.length + nodes.length > graphLimits.nodes) return "too-many";
  if (document.edges.length + edges.length > graphLimits.edges) return "too-many";
  const taken = new Set(document.nodes.map(({ id }) => id));
  const renamed = new Map<string, string>();
  for (const node of nodes) {
    const id = newNodeId(node.type, taken, random);
    taken.add(id);
    renamed.set(node.id, id);
  }
  const places = nodes.map(({ id }) => layout[id] ?? { x: 0, y: 0 });
  const left = Math.min(...places.map(({ x }) => x));
  const top = Math.min(...places.map(({ y }) => y));
  const shift = at ? { x: Math.round(at.x - left), y: Math.round(at.y - top) } : { x: 32, y: 32 };
  const operations: GraphOperation[] = nodes.map((node) => {
    const place = layout[node.id] ?? { x: 0, y: 0 };
    return {
      type: "add-node",
      node: { ...node, id: renamed.get(node.id) ?? node.id },
      position: { x: place.x + shift.x, y: place.y + shift.y },
    };
  });
  for (const [id, own] of Object.entries(variants)) {
    const node = renamed.get(id);
    if (node !== undefined) operations.push({ type: "set-variants", node, variants: own });
  }
  for (const edge of edges) {
    const wire = renameEnds(edge, renamed, random);
    if (wire) operations.push({ type: "connect", edge: wire });
  }
  return { nodes: [...renamed.values()], operations };
};

const renameEnds = (
  edge: GraphEdge,
  renamed: ReadonlyMap<string, string>,
  random: RandomWord,
): GraphEdge | undefined => {
  const from = renamed.get(edge.from.node);
  const to = renamed.get(edge.to.node);
  if (from === undefined || to === undefined) return undefined;
  return { id: newEdgeId(random), from: { ...edge.from, node: from }, to: { ...edge.to, node: to } };
};
