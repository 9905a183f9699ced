import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import { type RunRequest, runRequest } from "./published.types";
import { readBody } from "./read-body";

const longestName = 128;

/** A body that is as it should be, without the work of saying what would be wrong with it; null where it has to be looked at closer. */
const plainRequest = (body: unknown): RunRequest | null => {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return null;
  let { inputs, stream } = body as { readonly inputs?: unknown; readonly stream?: unknown };
  // A run in the background is read by the schema: it is not what has to be fast.
  for (const name of Object.keys(body)) if (name !== "inputs" && name !== "stream") return null;
  if (inputs === undefined) inputs = {};
  if (typeof inputs !== "object" || inputs === null || Array.isArray(inputs)) return null;
  for (const name of Object.keys(inputs)) if (name.length > longestName) return null;
  const given = inputs as RunRequest["inputs"];
  if (stream === undefined) return { inputs: given };
  return typeof stream === "boolean" ? { inputs: given, stream } : null;
};

const unknownField = 'There is no field "__proto__".';

export const readRunRequest = (body: unknown): RunRequest => {
  const inputs = (body as { readonly inputs?: unknown } | null)?.inputs;
  // The schema would drop it without a word, and no pipeline has a field of that name.
  if (typeof inputs === "object" && inputs !== null && Object.hasOwn(inputs, "__proto__")) {
    throw new RouteRefusal(400, "input-invalid", unknownField, {
      hint: "Correct the named input and send it again.",
      fields: { inputs: unknownField },
    });
  }
  return (
    plainRequest(body) ??
    readBody(
      runRequest,
      body,
      'Send {"inputs": {…}, "stream": false, "conversation_id": "…", "user": "…"} and nothing else.',
    )
  );
};
