import { z } from "zod";
import { identifier } from "@/server/platform/guard/identifier";
import { pageInput } from "@/server/platform/guard/page-of";

export const webhookLimits = {
  urlCharacters: 500,
  /** Milliseconds that a receiver may take. */
  waitMs: 15_000,
  /** Bytes of outputs that are sent along; larger ones are fetched by their address. */
  outputBytes: 256 * 1024,
  /** Milliseconds after each failure until the next try; after the last of them it is given up. */
  pausesMs: [10_000, 60_000, 5 * 60_000, 30 * 60_000, 2 * 3_600_000, 6 * 3_600_000],
  /** Deliveries under way at once in one look, and of one deployment. */
  atOnce: 32,
  atOnceOfDeployment: 4,
  keepDays: 30,
} as const;

export const byDeploymentInput = z.strictObject({ deploymentId: identifier });
export const setInput = z.strictObject({
  deploymentId: identifier,
  url: z.string().trim().min(1).max(webhookLimits.urlCharacters),
});
export const deliveriesInput = pageInput.omit({ query: true }).extend({ deploymentId: identifier });
export const byIdInput = z.strictObject({ id: identifier });

export const deliveryStates = ["pending", "delivered", "failed"] as const;
