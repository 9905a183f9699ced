import { type GraphDocument, graphLimits, type PinnedOutputs } from "@/runtime/graph/document";
import { fail, ok, type Result } from "@/runtime/graph/result";
import type { Ports } from "@/runtime/node/port";
import { pinFaultOf } from "@/runtime/plan/check-pin";

export type PinRefusal =
  | { readonly code: "too-long"; readonly most: number }
  | { readonly code: "too-many"; readonly most: number }
  | { readonly code: "unstorable" }
  | { readonly code: "wrong"; readonly reason: string };

/** What can be pinned of a step's outputs: what fits its ports, is not too long to be saved with the draft, and can be stored. */
export const readPin = (
  outputs: Readonly<Record<string, unknown>>,
  document: GraphDocument,
  node: string,
  ports: Ports,
): Result<PinnedOutputs, PinRefusal> => {
  const reason = pinFaultOf(ports, outputs);
  if (reason !== null) return fail({ code: "wrong", reason });
  const text = JSON.stringify(outputs);
  if (text.length > graphLimits.pinCharacters) return fail({ code: "too-long", most: graphLimits.pinCharacters });
  // As JSON they are written with a backslash.
  if (/(?<!\\)(?:\\\\)*\\(?:u0000|ud[89a-f][0-9a-f]{2})/iu.test(text)) return fail({ code: "unstorable" });
  const others = Object.keys(document.pins ?? {}).filter((id) => id !== node).length;
  if (others >= graphLimits.pins) return fail({ code: "too-many", most: graphLimits.pins });
  return ok(JSON.parse(text) as PinnedOutputs);
};
