import type { Database } from "@/server/platform/db/database";

/**
 * Takes what the same scorer, with the same settings, has said of the same two answers in an earlier experiment: asked again it might say something else, and
 * starting again would be another throw. Where several have, the first counts.
 */
export const takeKnownPairs = async (
  database: Database,
  {
    workspaceId,
    experimentId,
    baseline,
    scorerId,
    hash,
  }: {
    readonly workspaceId: string;
    readonly experimentId: string;
    readonly baseline: number;
    readonly scorerId: string;
    /** `scorerHash` of the scorer. */
    readonly hash: string;
  },
): Promise<void> => {
  await database.query(
    `INSERT INTO "ExperimentPair" ("workspaceId", "experimentId", "scorerId", "row", "variant", "repeat", "value", "reason")
     SELECT DISTINCT ON (c."row", c."variant", c."repeat") $1, $2, $3, c."row", c."variant", c."repeat", p."value", p."reason"
     FROM "ExperimentCell" c
     JOIN "ExperimentCell" b ON b."experimentId" = c."experimentId" AND b."row" = c."row" AND b."repeat" = c."repeat" AND b."variant" = $4
     JOIN "ExperimentRow" r ON r."experimentId" = c."experimentId" AND r."row" = c."row"
     JOIN "ExperimentCell" oc ON oc."workspaceId" = $1 AND oc."cacheKey" = c."cacheKey" AND oc."experimentId" <> $2
       AND oc."status" = c."status" AND oc."outputs" = c."outputs"
     JOIN "Experiment" e ON e."id" = oc."experimentId"
     JOIN "ExperimentCell" ob ON ob."experimentId" = oc."experimentId" AND ob."row" = oc."row" AND ob."repeat" = oc."repeat"
       AND ob."status" = b."status" AND ob."outputs" = b."outputs" AND e."spec"->'variants'->ob."variant"->>'key' = e."spec"->>'baseline'
     JOIN "ExperimentRow" o ON o."experimentId" = oc."experimentId" AND o."row" = oc."row" AND o."expected" = r."expected" AND o."inputs" = r."inputs"
     JOIN "ExperimentPair" p ON p."experimentId" = oc."experimentId" AND p."row" = oc."row" AND p."variant" = oc."variant" AND p."repeat" = oc."repeat"
       AND e."scorerHashes"->>p."scorerId" = $5
     WHERE c."experimentId" = $2 AND c."variant" <> $4 AND c."cached" AND c."status" <> 'unanswered' AND b."status" <> 'unanswered'
     ORDER BY c."row", c."variant", c."repeat", oc."createdAt"
     ON CONFLICT DO NOTHING`,
    [workspaceId, experimentId, scorerId, baseline, hash],
  );
};
