import { ApplicationError } from "@/server/platform/guard/application-error";
import { isTrainerFailure } from "./trainer-failure";

/** What the trainer's failure is for whoever asked on a page. Any other throw goes on. */
export const asRefusal = (error: unknown): never => {
  if (!isTrainerFailure(error)) throw error;
  throw new ApplicationError(error.kind === "refused" ? "BAD_REQUEST" : "BAD_GATEWAY", error.message, {
    reason: "model-failed",
    hint:
      error.kind === "away"
        ? "Look whether the trainer runs (npm run trainer on its machine), and at its address on the models page."
        : "Look at what the trainer says.",
  });
};
