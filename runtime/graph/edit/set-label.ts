import type { GraphDocument } from "../document";
import { changeNode } from "./change-node";
import type { Applied } from "./operation";

/** null goes back to the title of the node's type. */
export interface SetLabel {
  readonly type: "set-label";
  readonly node: string;
  readonly label: string | null;
}

export const applySetLabel = (document: GraphDocument, { node: id, label }: SetLabel): Applied =>
  changeNode(document, id, (node) => {
    const { label: former = null, ...rest } = node;
    const changed = former === label ? node : label === null ? rest : { ...rest, label };
    return { node: changed, inverse: { type: "set-label", node: id, label: former } };
  });
