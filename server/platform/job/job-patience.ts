import type { Patience } from "@/runtime/model/endpoint";
import type { JobCall } from "./define-job";

/** Longest that one model call of a job waits in all for a model that is busy or away. */
export const jobPatienceMs = 30 * 60_000;

/** The patience of a job whose progress says what it waits for. Of many calls that wait at once, the longest wait is shown. */
export const jobPatience = (progress: JobCall<unknown>["progress"]): Patience => {
  let waiting = 0;
  let until = 0;
  return {
    longestMs: jobPatienceMs,
    onWait: (wait) => {
      if (wait === null) {
        waiting = Math.max(0, waiting - 1);
        if (waiting === 0) {
          until = 0;
          progress({ waiting: null });
        }
        return;
      }
      waiting += 1;
      if (wait.until <= until) return;
      until = wait.until;
      progress({ waiting: wait });
    },
  };
};
