import { NodeFailure } from "@/runtime/node/node-failure";
import { runErrors } from "@/runtime/run/errors";
import type { EndpointError } from "./endpoint.types";

/** A failed call as an answer. Anything but an expected failure is a bug and goes on. */
export const endpointError = (error: unknown): EndpointError => {
  if (!(error instanceof NodeFailure)) throw error;
  return { code: error.code, message: error.message, hint: error.options.hint ?? runErrors[error.code].hint };
};
