import type { GraphDocument } from "../document";
import { type Applied, unchanged } from "./operation";

/** Another document in place of this one: an import, a restored version, a tidied layout of everything. */
export interface ReplaceDocument {
  readonly type: "replace-document";
  readonly document: GraphDocument;
}

export const applyReplaceDocument = (document: GraphDocument, operation: ReplaceDocument): Applied =>
  operation.document === document
    ? unchanged(document)
    : { document: operation.document, inverse: { type: "replace-document", document } };
