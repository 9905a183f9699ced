import { z } from "zod";
import { questionPair } from "@/nodes/lib/cache/cache-config";
import { cacheLimits } from "@/runtime/capability/cache/limits";
import { identifier } from "@/server/platform/guard/identifier";

export const cacheStateInput = z.strictObject({
  pipelineId: identifier,
  /** Only of this address; left out: of the draft and of all addresses. */
  deploymentId: identifier.optional(),
  /** Only of this step, by its path without the numbers of frames. */
  step: z.string().max(1_000).optional(),
});

export const measurePairsInput = z.strictObject({
  model: z.string().trim().min(1).max(300),
  pairs: z.array(questionPair).max(cacheLimits.pairs),
  terms: z.array(z.string().trim().min(1).max(cacheLimits.term)).max(cacheLimits.terms).default([]),
  /** Questions among which pairs are looked for that nobody has judged yet. */
  questions: z.array(z.string().trim().min(1).max(cacheLimits.question)).max(100).default([]),
});
