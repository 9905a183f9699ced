import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { GraphDocument, GraphNode } from "./document";

/** JSON with sorted keys and without `undefined`: equal values give equal text, whatever order they were built in. */
export const canonicalJson = (value: unknown): string => {
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(",")}}`;
};

/** Whether two values are the same JSON; what is left out is the same as nothing else. */
export const sameJson = (a: unknown, b: unknown): boolean =>
  a === b || (a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b));

/** SHA-256 of a value's canonical JSON, as 64 hex digits. Synchronous, in Node and in the browser alike. */
export const hashJson = (value: unknown): string => bytesToHex(sha256(utf8ToBytes(canonicalJson(value))));

/**
 * Names what a document does. Layout, the order of nodes and wires, and the ids of wires are drawing only and do
 * not count; neither do variants, which are only tried. The same holds inside the body of a container.
 */
export const graphHash = (document: GraphDocument): string => hashJson(doing(document));

const doing = ({ schemaVersion, nodes, edges, timeLimitSeconds }: GraphDocument) => ({
  timeLimitSeconds,
  schemaVersion,
  nodes: nodes.map(doingOfNode).sort(),
  edges: edges.map(({ from, to }) => canonicalJson([from.node, from.port, to.node, to.port])).sort(),
});

const doingOfNode = (node: GraphNode): string =>
  canonicalJson(node.body === undefined ? node : { ...node, body: doing(node.body) });

/** Whether two bodies do the same; none is the same as none. */
export const sameBody = (a: GraphDocument | undefined, b: GraphDocument | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && canonicalJson(doing(a)) === canonicalJson(doing(b)));
