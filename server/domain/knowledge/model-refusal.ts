import { isNodeFailure } from "@/runtime/node/node-failure";
import { ApplicationError } from "@/server/platform/guard/application-error";

/** What a model could not do, said to the person who asked; anything else is thrown on. */
export const asModelRefusal = (error: unknown): unknown => {
  if (!isNodeFailure(error)) return error;
  const { hint } = error.options;
  return new ApplicationError("BAD_REQUEST", error.message, {
    reason: "model-failed",
    ...(hint === undefined ? {} : { hint }),
  });
};
