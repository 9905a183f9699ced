import { diffDocuments, type GraphDiff } from "@/runtime/graph/diff";
import type { GraphDocument, Position } from "@/runtime/graph/document";

/** `rewired`: the step is the same, what is wired into it is not. */
export type VersionMark = "added" | "removed" | "changed" | "rewired";

/** Two versions ready to be drawn beside each other. */
export interface ComparedVersions {
  readonly diff: GraphDiff;
  readonly before: GraphDocument;
  readonly after: GraphDocument;
  /** By step id. */
  readonly marks: ReadonlyMap<string, VersionMark>;
  /** Ids of wires that only the one or only the other has. */
  readonly unwired: ReadonlySet<string>;
  readonly wired: ReadonlySet<string>;
  /** Ids of the steps that are marked, from left to right. */
  readonly order: readonly string[];
}

const nowhere: Position = { x: 0, y: 0 };

/** What two versions do otherwise. Steps that both have stand at the same place in both, wherever they were drawn. */
export const compareVersions = (before: GraphDocument, after: GraphDocument): ComparedVersions => {
  const diff = diffDocuments(before, after);
  const marks = new Map<string, VersionMark>();
  const known = new Set(before.nodes.map(({ id }) => id));
  const kept = new Set(after.nodes.flatMap(({ id }) => (known.has(id) ? [id] : [])));
  for (const { to } of [...diff.wired, ...diff.unwired]) if (kept.has(to.node)) marks.set(to.node, "rewired");
  for (const { id } of diff.changed) marks.set(id, "changed");
  for (const { id } of diff.added) marks.set(id, "added");
  for (const { id } of diff.removed) marks.set(id, "removed");
  const layout = { ...before.layout, ...after.layout };
  const placeOf = (id: string): Position => layout[id] ?? nowhere;
  return {
    diff,
    before: { ...before, layout },
    after: { ...after, layout },
    marks,
    unwired: new Set(diff.unwired.map(({ id }) => id)),
    wired: new Set(diff.wired.map(({ id }) => id)),
    order: [...marks.keys()].sort((a, b) => placeOf(a).x - placeOf(b).x || placeOf(a).y - placeOf(b).y),
  };
};
