import type { GraphDocument } from "./document";

/** The body of a container in containers, by their ids, outermost first; the document itself for none. null where one of them is not there or holds nothing. */
export const bodyAt = (document: GraphDocument, inside: readonly string[]): GraphDocument | null => {
  let body: GraphDocument | null = document;
  for (const id of inside) body = body?.nodes.find((node) => node.id === id)?.body ?? null;
  return body;
};

/** The document with another body there. The same document where there is no such container. */
export const withBodyAt = (document: GraphDocument, inside: readonly string[], body: GraphDocument): GraphDocument => {
  const [id, ...rest] = inside;
  if (id === undefined) return body;
  const container = document.nodes.find((node) => node.id === id);
  if (container?.body === undefined) return document;
  const changed = withBodyAt(container.body, rest, body);
  if (changed === container.body) return document;
  return {
    ...document,
    nodes: document.nodes.map((node) => (node === container ? { ...container, body: changed } : node)),
  };
};

/** All nodes of a document and of the bodies in it, each before what it holds. */
export const allNodes = (document: GraphDocument): readonly GraphDocument["nodes"][number][] =>
  document.nodes.flatMap((node) => (node.body === undefined ? [node] : [node, ...allNodes(node.body)]));
