import type { GraphDocument } from "../document";
import { type Applied, unchanged } from "./operation";

/** null goes back to the time that every pipeline has. */
export interface SetTimeLimit {
  readonly type: "set-time-limit";
  readonly seconds: number | null;
}

export const applySetTimeLimit = (document: GraphDocument, { seconds }: SetTimeLimit): Applied => {
  const { timeLimitSeconds: former = null, ...rest } = document;
  if (former === seconds) return unchanged(document);
  return {
    document: seconds === null ? rest : { ...rest, timeLimitSeconds: seconds },
    inverse: { type: "set-time-limit", seconds: former },
  };
};
