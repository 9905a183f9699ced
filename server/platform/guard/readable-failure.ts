import { isNodeFailure } from "@/runtime/node/node-failure";
import { ApplicationError, type ErrorReason } from "@/server/platform/guard/application-error";

/** A step's failure, told to somebody who does the same on a page. */
export const readable = async <T>(work: Promise<T>, reason: ErrorReason = "model-failed"): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    if (!isNodeFailure(error)) throw error;
    throw new ApplicationError("BAD_REQUEST", error.message, {
      reason,
      ...(error.options.hint && { hint: error.options.hint }),
    });
  }
};
