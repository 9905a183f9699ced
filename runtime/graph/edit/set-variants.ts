import type { GraphDocument, NodeVariant } from "../document";
import { sameJson } from "../hash";
import { variantsOf, withVariants } from "../variants";
import { type Applied, unchanged } from "./operation";

/** What is tried beside a node's own settings, all of it; an empty list is none. It changes nothing that runs. */
export interface SetVariants {
  readonly type: "set-variants";
  readonly node: string;
  readonly variants: readonly NodeVariant[];
}

export const applySetVariants = (document: GraphDocument, { node, variants }: SetVariants): Applied => {
  if (!document.nodes.some(({ id }) => id === node)) return unchanged(document);
  const former = variantsOf(document, node);
  if (sameJson(former, variants)) return unchanged(document);
  return {
    document: withVariants(document, node, variants),
    inverse: { type: "set-variants", node, variants: former },
  };
};
