import { bodyAt } from "./body-at";
import type { GraphDocument, GraphNode } from "./document";

/** The node that a path of a run names: `["map-1#3", "chat-2"]` is chat-2 in map-1, `["map-1#3"]` map-1 itself. */
export const nodeOfPath = (document: GraphDocument, path: readonly string[]): GraphNode | undefined => {
  const ids = path.map((segment) => segment.split("#", 1)[0] as string);
  const last = ids.at(-1);
  return bodyAt(document, ids.slice(0, -1))?.nodes.find(({ id }) => id === last);
};
