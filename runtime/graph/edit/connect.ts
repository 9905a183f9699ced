import type { GraphDocument, GraphEdge } from "../document";
import { type Applied, unchanged } from "./operation";

/** Adds a wire. An input takes one wire, so one that ended there already is taken away. */
export interface Connect {
  readonly type: "connect";
  readonly edge: GraphEdge;
}

export const applyConnect = (document: GraphDocument, { edge }: Connect): Applied => {
  if (document.edges.some(({ id }) => id === edge.id)) return unchanged(document);
  const replaced = document.edges.flatMap((other, index) =>
    other.to.node === edge.to.node && other.to.port === edge.to.port ? [{ index, edge: other }] : [],
  );
  const going = new Set(replaced.map((item) => item.edge));
  return {
    document: { ...document, edges: [...document.edges.filter((other) => !going.has(other)), edge] },
    inverse: {
      type: "batch",
      operations: [
        { type: "disconnect", edges: [edge.id] },
        { type: "restore", nodes: [], edges: replaced },
      ],
    },
  };
};
