import type { GraphDocument, Position } from "../document";
import { type Applied, unchanged } from "./operation";

/** Drawing only. null forgets the place. */
export interface MoveNodes {
  readonly type: "move-nodes";
  readonly positions: Readonly<Record<string, Position | null>>;
}

export const applyMoveNodes = (document: GraphDocument, { positions }: MoveNodes): Applied => {
  const layout = { ...document.layout };
  const former: Record<string, Position | null> = {};
  for (const [id, position] of Object.entries(positions)) {
    const before = Object.hasOwn(layout, id) ? (layout[id] ?? null) : null;
    if (before?.x === position?.x && before?.y === position?.y) continue;
    former[id] = before;
    if (position === null) delete layout[id];
    else layout[id] = position;
  }
  if (Object.keys(former).length === 0) return unchanged(document);
  return { document: { ...document, layout }, inverse: { type: "move-nodes", positions: former } };
};
