import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import type { KeyHolder } from "./bearer";

/** What an API key may do, beside seeing personal data, which is asked for where it is opened. */
export const keyRights = ["mayRun", "mayRead", "mayRate", "mayEvaluate", "mayDecide", "mayReadPrompts"] as const;
export type KeyRight = (typeof keyRights)[number];

const refusals: Readonly<Record<KeyRight, string>> = {
  mayRun: "This API key may not run pipelines.",
  mayRead: "This API key may not read runs.",
  mayRate: "This API key may not rate answers.",
  mayEvaluate: "This API key may not ask for gates.",
  mayDecide: "This API key may not answer what people are asked.",
  mayReadPrompts: "This API key may not read prompts.",
};

/** Refuses a key without the right. */
export const requireRight = (caller: KeyHolder, right: KeyRight): void => {
  if (caller[right]) return;
  throw new RouteRefusal(403, "key-not-permitted", refusals[right], {
    hint: "Make a key with this right in Settings → API keys.",
  });
};

/** Whether a key is for a deployment. One for named deployments that are all gone is for none. */
export const coversDeployment = ({ deploymentIds }: KeyHolder, deploymentId: string): boolean =>
  deploymentIds === null || deploymentIds.has(deploymentId);
