import type { GraphDocument } from "../document";
import type { AddNode } from "./add-node";
import type { Batch } from "./batch";
import type { Connect } from "./connect";
import type { Disconnect } from "./disconnect";
import type { MoveNodes } from "./move-nodes";
import type { RemoveNodes } from "./remove-nodes";
import type { ReplaceDocument } from "./replace-document";
import type { ReplaceNode } from "./replace-node";
import type { Restore } from "./restore";
import type { SetConfig } from "./set-config";
import type { SetDisabled } from "./set-disabled";
import type { SetLabel } from "./set-label";
import type { SetPin } from "./set-pin";
import type { SetPolicy } from "./set-policy";
import type { SetTimeLimit } from "./set-time-limit";
import type { SetVariants } from "./set-variants";

/**
 * Every edit of a document. Operations are plain JSON, so they can be stored, sent and merged.
 * One whose target is not there changes nothing: two logs can be interleaved without failing.
 */
export type GraphOperation =
  | AddNode
  | RemoveNodes
  | Restore
  | ReplaceNode
  | MoveNodes
  | SetConfig
  | SetLabel
  | SetDisabled
  | SetPolicy
  | SetVariants
  | SetPin
  | SetTimeLimit
  | Connect
  | Disconnect
  | ReplaceDocument
  | Batch;

/** Applying `inverse` to `document` gives the document from before. What an operation does not touch keeps its identity. */
export interface Applied {
  readonly document: GraphDocument;
  readonly inverse: GraphOperation;
}

/** The result of an operation that found nothing to do. */
export const unchanged = (document: GraphDocument): Applied => ({
  document,
  inverse: { type: "batch", operations: [] },
});
