import { diffOperations } from "@/runtime/graph/diff";
import type { GraphDocument, Position } from "@/runtime/graph/document";
import type { GraphOperation } from "@/runtime/graph/edit/operation";

/**
 * What makes a document do what a kept version did. Cards that are there stay where they are, those that come back stand where they stood; variants
 * stay, but for those of steps that go.
 */
export const restoreVersion = (current: GraphDocument, version: GraphDocument): readonly GraphOperation[] => {
  const operations = diffOperations(current, version);
  const positions: Record<string, Position> = {};
  for (const operation of operations) {
    if (operation.type !== "add-node") continue;
    const place = Object.hasOwn(version.layout, operation.node.id) ? version.layout[operation.node.id] : undefined;
    if (place !== undefined) positions[operation.node.id] = place;
  }
  return [...operations, { type: "move-nodes", positions }];
};
