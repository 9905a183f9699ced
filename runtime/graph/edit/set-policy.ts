import type { GraphDocument, NodePolicy } from "../document";
import { changeNode } from "./change-node";
import type { Applied } from "./operation";

/** null goes back to one attempt that stops the run when it fails. */
export interface SetPolicy {
  readonly type: "set-policy";
  readonly node: string;
  readonly policy: NodePolicy | null;
}

export const applySetPolicy = (document: GraphDocument, { node: id, policy }: SetPolicy): Applied =>
  changeNode(document, id, (node) => {
    const { policy: former = null, ...rest } = node;
    const changed = former === policy ? node : policy === null ? rest : { ...rest, policy };
    return { node: changed, inverse: { type: "set-policy", node: id, policy: former } };
  });
