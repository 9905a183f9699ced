import type { GraphDocument, PinnedOutputs } from "./document";

/** What is pinned in place of what a node gives; undefined where nothing is. */
export const pinOf = ({ pins = {} }: GraphDocument, node: string): PinnedOutputs | undefined =>
  Object.hasOwn(pins, node) ? pins[node] : undefined;

/** The document with this pin of a node; null takes it away. */
export const withPin = (document: GraphDocument, node: string, outputs: PinnedOutputs | null): GraphDocument => {
  const { pins: former = {}, ...rest } = document;
  const kept = new Map(Object.entries(former));
  if (outputs === null) kept.delete(node);
  else kept.set(node, outputs);
  return kept.size === 0 ? rest : { ...rest, pins: Object.fromEntries(kept) };
};

/** The document without a pin, in any depth: what is frozen, published and exported. The same document where there is none. */
export const withoutPins = (document: GraphDocument): GraphDocument => {
  const { pins, ...rest } = document;
  const nodes = document.nodes.map((node) => {
    const body = node.body && withoutPins(node.body);
    return body === node.body || body === undefined ? node : { ...node, body };
  });
  const isSame = nodes.every((node, index) => node === document.nodes[index]);
  return pins === undefined && isSame ? document : { ...rest, nodes: isSame ? document.nodes : nodes };
};
