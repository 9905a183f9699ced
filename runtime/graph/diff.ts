import type { GraphDocument, GraphEdge, GraphNode } from "./document";
import type { GraphOperation } from "./edit/operation";
import { configChange } from "./edit/set-config";
import { sameBody, sameJson } from "./hash";

export interface ChangedNode {
  readonly id: string;
  readonly from: GraphNode;
  readonly to: GraphNode;
  /** Names of what differs: `config.<field>`, `type`, `typeVersion`, `label`, `disabled`, `policy`, `body`. */
  readonly fields: readonly string[];
}

/** What another version does differently. Layout and order are drawing only, variants are only tried: they never show up. */
export interface GraphDiff {
  readonly added: readonly GraphNode[];
  readonly removed: readonly GraphNode[];
  readonly changed: readonly ChangedNode[];
  /** Wires by what they join; a new id for the same wire is no difference. */
  readonly wired: readonly GraphEdge[];
  readonly unwired: readonly GraphEdge[];
  /** The time limit of a run in seconds, null for the standard one; null where both have the same. */
  readonly timeLimit: { readonly from: number | null; readonly to: number | null } | null;
}

export const diffDocuments = (from: GraphDocument, to: GraphDocument): GraphDiff => {
  const before = new Map(from.nodes.map((node) => [node.id, node]));
  const after = new Map(to.nodes.map((node) => [node.id, node]));
  const edgesBefore = new Set(from.edges.map(joins));
  const edgesAfter = new Set(to.edges.map(joins));
  return {
    added: to.nodes.filter(({ id }) => !before.has(id)),
    removed: from.nodes.filter(({ id }) => !after.has(id)),
    changed: to.nodes.flatMap((node) => {
      const former = before.get(node.id);
      const fields = former === undefined || former === node ? [] : changedFields(former, node);
      return former === undefined || fields.length === 0 ? [] : [{ id: node.id, from: former, to: node, fields }];
    }),
    wired: to.edges.filter((edge) => !edgesBefore.has(joins(edge))),
    unwired: from.edges.filter((edge) => !edgesAfter.has(joins(edge))),
    timeLimit:
      from.timeLimitSeconds === to.timeLimitSeconds
        ? null
        : { from: from.timeLimitSeconds ?? null, to: to.timeLimitSeconds ?? null },
  };
};

export const isEmptyDiff = (diff: GraphDiff): boolean =>
  diff.timeLimit === null &&
  [diff.added, diff.removed, diff.changed, diff.wired, diff.unwired].every((part) => part.length === 0);

/** Operations that turn one document into a document with the hash of the other. Layout and variants stay as they are. */
export const diffOperations = (from: GraphDocument, to: GraphDocument): GraphOperation[] => {
  const diff = diffDocuments(from, to);
  const gone = new Set(diff.unwired.map(({ id }) => id));
  const removed = new Set(diff.removed.map(({ id }) => id));
  // Taking a node out takes its wires along, also one that the other document keeps although its node is gone.
  const cut = (edge: GraphEdge) => removed.has(edge.from.node) || removed.has(edge.to.node);
  const wired = new Set(diff.wired);
  const taken = new Set(from.edges.flatMap((edge) => (gone.has(edge.id) || cut(edge) ? [] : [edge.id])));
  const free = (id: string): string => {
    let candidate = id;
    for (let number = 2; taken.has(candidate); number++) candidate = `${id}-${number}`;
    taken.add(candidate);
    return candidate;
  };
  return [
    { type: "disconnect", edges: [...gone] },
    { type: "remove-nodes", nodes: [...removed] },
    ...diff.added.map((node): GraphOperation => ({ type: "add-node", node })),
    ...diff.changed.map(
      (change): GraphOperation =>
        change.fields.every((field) => field.startsWith("config."))
          ? configChange(change.id, change.from.config, change.to.config)
          : { type: "replace-node", node: change.to },
    ),
    ...to.edges
      .filter((edge) => wired.has(edge) || cut(edge))
      .map((edge): GraphOperation => ({ type: "connect", edge: { ...edge, id: free(edge.id) } })),
    { type: "set-time-limit", seconds: to.timeLimitSeconds ?? null },
  ];
};

const joins = ({ from, to }: GraphEdge): string => JSON.stringify([from.node, from.port, to.node, to.port]);

const changedFields = (from: GraphNode, to: GraphNode): string[] => {
  const fields = (["type", "typeVersion", "label", "disabled", "policy"] as const).filter(
    (field) => !sameJson(from[field], to[field]),
  );
  const settings = [...new Set([...Object.keys(from.config), ...Object.keys(to.config)])].filter(
    (field) => !sameJson(from.config[field], to.config[field]),
  );
  const body = sameBody(from.body, to.body) ? [] : ["body"];
  return [...fields, ...settings.map((field) => `config.${field}`), ...body];
};
