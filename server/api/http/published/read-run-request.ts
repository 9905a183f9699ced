import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import { type RunRequest, runRequest } from "./published.types";
import { readBody } from "./read-body";

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
  return readBody(runRequest, body, 'Send {"inputs": {…}, "stream": false} and nothing else.');
};
