import { catalog } from "@/nodes/index";
import type { GraphDocument } from "@/runtime/graph/document";
import { resolveNode } from "@/runtime/graph/resolve-node";

/** Names of what the pipeline gives back, in order. */
export const outputNamesOf = (document: GraphDocument): readonly string[] =>
  document.nodes.flatMap((node) => {
    if (node.disabled) return [];
    const { definition, config, ports } = resolveNode(node, catalog);
    return definition?.boundary?.kind === "output" && config !== undefined && ports ? Object.keys(ports.inputs) : [];
  });
