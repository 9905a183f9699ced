import { z } from "zod";
import { type GraphDocument, graphLimits } from "./document";
import { fail, ok, type Result } from "./result";
import { configWith } from "./variants";

/** Settings that take the place of a node's own; those left out stay. */
export const nodeOverride = z.strictObject({
  nodeId: z.string().min(1).max(graphLimits.idLength),
  config: z.record(z.string(), z.json()),
  /** Settings that the node has and that are left out here. */
  unset: z.array(z.string().min(1).max(graphLimits.fieldLength)).max(200).optional(),
});
export type NodeOverride = z.output<typeof nodeOverride>;

/** The document with the settings laid over it, field by field; later ones win. Fails with the id of a node that it does not have. */
export const applyOverrides = (
  document: GraphDocument,
  overrides: readonly NodeOverride[],
): Result<GraphDocument, { readonly nodeId: string }> => {
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  for (const { nodeId, ...changes } of overrides) {
    const node = nodes.get(nodeId);
    if (node === undefined) return fail({ nodeId });
    nodes.set(nodeId, { ...node, config: configWith(node.config, changes) });
  }
  return ok({ ...document, nodes: [...nodes.values()] });
};
