import type { GraphDocument } from "../document";
import { applyAddNode } from "./add-node";
import type { Batch } from "./batch";
import { applyConnect } from "./connect";
import { applyDisconnect } from "./disconnect";
import { applyMoveNodes } from "./move-nodes";
import type { Applied, GraphOperation } from "./operation";
import { applyRemoveNodes } from "./remove-nodes";
import { applyReplaceDocument } from "./replace-document";
import { applyReplaceNode } from "./replace-node";
import { applyRestore } from "./restore";
import { applySetConfig } from "./set-config";
import { applySetDisabled } from "./set-disabled";
import { applySetLabel } from "./set-label";
import { applySetPin } from "./set-pin";
import { applySetPolicy } from "./set-policy";
import { applySetTimeLimit } from "./set-time-limit";
import { applySetVariants } from "./set-variants";

/** The one way a document changes. */
export const applyOperation = (document: GraphDocument, operation: GraphOperation): Applied => {
  switch (operation.type) {
    case "add-node":
      return applyAddNode(document, operation);
    case "remove-nodes":
      return applyRemoveNodes(document, operation);
    case "restore":
      return applyRestore(document, operation);
    case "replace-node":
      return applyReplaceNode(document, operation);
    case "move-nodes":
      return applyMoveNodes(document, operation);
    case "set-config":
      return applySetConfig(document, operation);
    case "set-label":
      return applySetLabel(document, operation);
    case "set-disabled":
      return applySetDisabled(document, operation);
    case "set-policy":
      return applySetPolicy(document, operation);
    case "set-pin":
      return applySetPin(document, operation);
    case "set-variants":
      return applySetVariants(document, operation);
    case "set-time-limit":
      return applySetTimeLimit(document, operation);
    case "connect":
      return applyConnect(document, operation);
    case "disconnect":
      return applyDisconnect(document, operation);
    case "replace-document":
      return applyReplaceDocument(document, operation);
    case "batch":
      return applyBatch(document, operation);
    default:
      return operation satisfies never;
  }
};

const applyBatch = (document: GraphDocument, { operations }: Batch): Applied => {
  const inverses: GraphOperation[] = [];
  let current = document;
  for (const operation of operations) {
    const applied = applyOperation(current, operation);
    current = applied.document;
    inverses.push(applied.inverse);
  }
  return { document: current, inverse: { type: "batch", operations: inverses.reverse() } };
};
