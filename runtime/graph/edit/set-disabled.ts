import type { GraphDocument } from "../document";
import { changeNode } from "./change-node";
import type { Applied } from "./operation";

export interface SetDisabled {
  readonly type: "set-disabled";
  readonly node: string;
  readonly disabled: boolean;
}

export const applySetDisabled = (document: GraphDocument, { node: id, disabled }: SetDisabled): Applied =>
  changeNode(document, id, (node) => ({
    node: node.disabled === disabled ? node : { ...node, disabled },
    inverse: { type: "set-disabled", node: id, disabled: node.disabled },
  }));
