import type { Database } from "@/server/platform/db/database";

interface Counted {
  readonly workspaceId: string;
  readonly pipelineId: string;
  readonly owner: string;
  readonly step: string;
}

export type CountedLookup =
  | { readonly outcome: "hit"; readonly savedMs: number; readonly savedMicroUsd: number | null }
  | { readonly outcome: "miss" | "aside" };

/** Counts one question of a step towards its day. */
export const countLookup = async (
  database: Database,
  { workspaceId, pipelineId, owner, step }: Counted,
  lookup: CountedLookup,
  now: Date,
): Promise<void> => {
  const isHit = lookup.outcome === "hit";
  await database.query(
    `INSERT INTO "CacheDay" ("workspaceId", "pipelineId", "owner", "step", "day", "hits", "misses", "aside", "savedMs", "savedMicroUsd", "unpriced")
     VALUES ($1, $2, $3, $4, ($5::timestamptz AT TIME ZONE 'UTC')::date, $6, $7, $8, $9, $10, $11)
     ON CONFLICT ("owner", "step", "day") DO UPDATE SET
       "hits" = "CacheDay"."hits" + EXCLUDED."hits", "misses" = "CacheDay"."misses" + EXCLUDED."misses",
       "aside" = "CacheDay"."aside" + EXCLUDED."aside", "savedMs" = "CacheDay"."savedMs" + EXCLUDED."savedMs",
       "savedMicroUsd" = "CacheDay"."savedMicroUsd" + EXCLUDED."savedMicroUsd", "unpriced" = "CacheDay"."unpriced" + EXCLUDED."unpriced"`,
    [
      workspaceId,
      pipelineId,
      owner,
      step,
      now.toISOString(),
      isHit ? 1 : 0,
      lookup.outcome === "miss" ? 1 : 0,
      lookup.outcome === "aside" ? 1 : 0,
      isHit ? Math.round(lookup.savedMs) : 0,
      isHit ? (lookup.savedMicroUsd ?? 0) : 0,
      isHit && lookup.savedMicroUsd === null ? 1 : 0,
    ],
  );
};
