import type { Diagnostic } from "@/runtime/graph/diagnostic";
import type { GraphDocument } from "@/runtime/graph/document";
import { graphHash } from "@/runtime/graph/hash";
import { parseDocument } from "@/runtime/graph/parse-document";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { isStorable } from "@/server/platform/guard/storable";

const refuse = (diagnostics: readonly Diagnostic[]): never => {
  throw new ApplicationError("BAD_REQUEST", diagnostics[0]?.message ?? "This is not a pipeline that can be read.", {
    reason: "document-refused",
    ...(diagnostics[0]?.hint !== undefined && { hint: diagnostics[0].hint }),
    diagnostics,
  });
};

const unstorable: Diagnostic = {
  code: "document-invalid",
  severity: "error",
  message: "This is not a pipeline that can be read: a text holds a NUL character or half of a character pair.",
  hint: "Remove the character, for example by retyping the text.",
  params: { field: "", reason: "A text holds a NUL character or half of a character pair." },
  at: {},
};

/**
 * A document from outside, ready to be stored. A graph that would not run is a draft and passes; what cannot be read at all,
 * or is beyond the bounds, is refused with its diagnostics. Nothing in it is executed.
 */
export const readDocument = (value: unknown): { readonly document: GraphDocument; readonly graphHash: string } => {
  const parsed = parseDocument(value);
  if (!parsed.ok) return refuse(parsed.error);
  if (!isStorable(parsed.value)) return refuse([unstorable]);
  return { document: parsed.value, graphHash: graphHash(parsed.value) };
};
