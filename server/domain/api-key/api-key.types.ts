import { z } from "zod";
import { identifier } from "@/server/platform/guard/identifier";
import { pageInput } from "@/server/platform/guard/page-of";
import { lineOfText } from "@/server/platform/guard/storable";
import { usageLimits } from "@/server/platform/route/usage-limits";

export const apiKeyLimits = { keys: 200, nameCharacters: 80, longestLifeDays: 3650, deployments: 100 } as const;

export const listInput = pageInput.omit({ query: true });
export const createInput = z.strictObject({
  name: lineOfText(apiKeyLimits.nameCharacters),
  /** Left out: it does not expire. */
  expiresInDays: z.int().min(1).max(apiKeyLimits.longestLifeDays).optional(),
  /** Runs started with it may put masked personal data back. */
  mayUnmask: z.boolean().default(false),
  /** It may ask whether a version passes its pipeline's gate. */
  mayEvaluate: z.boolean().default(false),
  /** It may start runs, and upload files for them. */
  mayRun: z.boolean().default(true),
  /** It may read the runs that it started. */
  mayRead: z.boolean().default(true),
  /** It may rate the answers of runs that it started. */
  mayRate: z.boolean().default(true),
  /** It may read what people are asked, and answer in their place. */
  mayDecide: z.boolean().default(false),
  /** It may read prompts of the library. */
  mayReadPrompts: z.boolean().default(false),
  /** Left out: it may use as much as it will. */
  limits: usageLimits.optional(),
  /** Left out: it is for every deployment of the workspace, also for later ones. */
  deploymentIds: z.array(identifier).min(1).max(apiKeyLimits.deployments).optional(),
});
export const setLimitsInput = z.strictObject({ id: identifier, limits: usageLimits });
export const rotateInput = z.strictObject({
  id: identifier,
  /** How long the former key opens beside the new one; 0: no longer. */
  overlapHours: z
    .int()
    .min(0)
    .max(24 * 90)
    .default(24),
});
export const byIdInput = z.strictObject({ id: identifier });
