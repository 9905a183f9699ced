import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { GraphDocument } from "./document";

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
 * not count; neither do variants, which are only tried.
 */
export const graphHash = ({ schemaVersion, nodes, edges, timeLimitSeconds }: GraphDocument): string =>
  hashJson({
    timeLimitSeconds,
    schemaVersion,
    nodes: nodes.map(canonicalJson).sort(),
    edges: edges.map(({ from, to }) => canonicalJson([from.node, from.port, to.node, to.port])).sort(),
  });
