import { templateVariables } from "@/nodes/lib/template";
import type { GraphDocument, GraphNode } from "@/runtime/graph/document";
import type { GraphOperation } from "@/runtime/graph/edit/operation";
import { resolveNode } from "@/runtime/graph/resolve-node";
import type { Catalog } from "@/runtime/node/catalog";
import type { NodePorts } from "../store/node-ports";
import { newEdgeId, type RandomWord } from "./identifiers";

type Json = GraphNode["config"][string];

/**
 * Sets a field of a node's settings. Where the change renames one port, and nothing else, the port's wires go with it: renaming `{{text}}` to
 * `{{complaint}}` in a prompt does not cut the wire, not even by way of `{{}}` or of another variable's name.
 */
export const editConfig = (
  document: GraphDocument,
  catalog: Catalog,
  before: NodePorts,
  edit: { readonly node: GraphNode; readonly field: string; readonly value: Json | undefined },
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
  const changed = { ...node, config };
  const renames = followRenames(document, catalog, before, changed, random);
  return [
    change,
    ...(renames.length > 0 ? renames : followRetyped(document, catalog, changed, node.config[field], value, random)),
  ];
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
  return moveWires(document, node, end, former, name, random);
};

/**
 * A variable that is typed anew in one text goes through states in which it is no variable, or is another one: the wire that was left behind then is
 * the one it had. Only where there is one such wire, and one variable that has none.
 */
const followRetyped = (
  document: GraphDocument,
  catalog: Catalog,
  changed: GraphNode,
  former: Json | undefined,
  value: Json | undefined,
  random: RandomWord,
): readonly GraphOperation[] => {
  const after = resolveNode(changed, catalog).ports;
  if (!after || typeof former !== "string" || typeof value !== "string") return [];
  const [had, has] = [former, value].map((text) => templateVariables(text).map(({ name }) => name)) as [
    string[],
    string[],
  ];
  const added = has.filter((name) => !had.includes(name) && Object.hasOwn(after.inputs, name));
  const wired = document.edges.filter(({ to }) => to.node === changed.id).map(({ to }) => to.port);
  const left = wired.filter((port) => !Object.hasOwn(after.inputs, port));
  const [name] = added;
  const [port] = left;
  if (added.length !== 1 || left.length !== 1 || name === undefined || port === undefined) return [];
  return moveWires(document, changed.id, "to", port, name, random);
};

const moveWires = (
  document: GraphDocument,
  node: string,
  end: "from" | "to",
  former: string,
  name: string,
  random: RandomWord,
): readonly GraphOperation[] => {
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
