import type { GraphDocument, GraphNode } from "@/runtime/graph/document";
import type { GraphOperation } from "@/runtime/graph/edit/operation";
import { resolveNode } from "@/runtime/graph/resolve-node";
import type { Catalog } from "@/runtime/node/catalog";
import type { NodePorts } from "../store/node-ports";
import { newEdgeId, type RandomWord } from "./identifiers";

/**
 * Sets a field of a node's settings. Where the change renames one port, and nothing else, the port's wires go with it:
 * renaming `{{text}}` to `{{complaint}}` in a prompt does not cut the wire.
 */
export const editConfig = (
  document: GraphDocument,
  catalog: Catalog,
  before: NodePorts,
  edit: { readonly node: GraphNode; readonly field: string; readonly value: GraphNode["config"][string] | undefined },
  random: RandomWord,
): readonly GraphOperation[] => {
  const { node, field, value } = edit;
  const config = { ...node.config };
  if (value === undefined) delete config[field];
  else config[field] = value;
  const change: GraphOperation =
    value === undefined
      ? { type: "set-config", node: node.id, set: {}, unset: [field] }
      : { type: "set-config", node: node.id, set: { [field]: value } };
  return [change, ...followRenames(document, catalog, before, { ...node, config }, random)];
};

/** What takes the wires of a node along when its settings become those of `changed`. */
export const followRenames = (
  document: GraphDocument,
  catalog: Catalog,
  before: NodePorts,
  changed: GraphNode,
  random: RandomWord,
): readonly GraphOperation[] => {
  const after = resolveNode(changed, catalog).ports;
  if (!after) return [];
  return [
    ...followRename(document, changed.id, "to", Object.keys(before.inputs), Object.keys(after.inputs), random),
    ...followRename(document, changed.id, "from", Object.keys(before.outputs), Object.keys(after.outputs), random),
  ];
};

const followRename = (
  document: GraphDocument,
  node: string,
  end: "from" | "to",
  before: readonly string[],
  after: readonly string[],
  random: RandomWord,
): readonly GraphOperation[] => {
  const gone = before.filter((name) => !after.includes(name));
  const come = after.filter((name) => !before.includes(name));
  const [former] = gone;
  const [name] = come;
  if (gone.length !== 1 || come.length !== 1 || former === undefined || name === undefined) return [];
  const wires = document.edges.filter((edge) => edge[end].node === node && edge[end].port === former);
  if (wires.length === 0) return [];
  // A wire that waits for a port of the new name keeps it.
  if (end === "to" && document.edges.some((edge) => edge.to.node === node && edge.to.port === name)) return [];
  return [
    { type: "disconnect", edges: wires.map(({ id }) => id) },
    ...wires.map(
      (edge): GraphOperation => ({
        type: "connect",
        edge: { ...edge, id: newEdgeId(random), [end]: { node, port: name } },
      }),
    ),
  ];
};
