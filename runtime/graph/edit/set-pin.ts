import type { GraphDocument, PinnedOutputs } from "../document";
import { sameJson } from "../hash";
import { pinOf, withPin } from "../pins";
import { type Applied, unchanged } from "./operation";

/** What stands in place of what a node gives; null for nothing. It changes nothing that is published. */
export interface SetPin {
  readonly type: "set-pin";
  readonly node: string;
  readonly outputs: PinnedOutputs | null;
}

export const applySetPin = (document: GraphDocument, { node, outputs }: SetPin): Applied => {
  if (!document.nodes.some(({ id }) => id === node)) return unchanged(document);
  const former = pinOf(document, node) ?? null;
  if (sameJson(former, outputs)) return unchanged(document);
  return { document: withPin(document, node, outputs), inverse: { type: "set-pin", node, outputs: former } };
};
