import { z } from "zod";
import { identifier } from "@/server/guard/identifier";
import { pageInput } from "@/server/guard/page-of";
import { lineOfText } from "@/server/guard/storable";

export const apiKeyLimits = { keys: 200, nameCharacters: 80, longestLifeDays: 3650 } as const;

export const listInput = pageInput.omit({ query: true });
export const createInput = z.strictObject({
  name: lineOfText(apiKeyLimits.nameCharacters),
  /** Left out: it does not expire. */
  expiresInDays: z.int().min(1).max(apiKeyLimits.longestLifeDays).optional(),
  /** Runs started with it may put masked personal data back. */
  mayUnmask: z.boolean().default(false),
  /** It may ask whether a version passes its pipeline's gate. */
  mayEvaluate: z.boolean().default(false),
});
export const byIdInput = z.strictObject({ id: identifier });
