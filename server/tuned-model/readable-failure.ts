import { isNodeFailure } from "@/runtime/node/node-failure";
import { ApplicationError } from "@/server/guard/application-error";

/** A step's failure, told to somebody who tries a model on its page. */
export const readable = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    if (!isNodeFailure(error)) throw error;
    throw new ApplicationError("BAD_REQUEST", error.message, {
      reason: "model-failed",
      ...(error.options.hint && { hint: error.options.hint }),
    });
  }
};
