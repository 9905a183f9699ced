import type { Database } from "@/server/platform/db/database";

/** Keeps what versions stand on pointing at an endpoint whose slug changes. */
export const renameTunedEndpoint = async (
  prisma: Pick<Database["prisma"], "$executeRaw">,
  workspaceId: string,
  from: string,
  to: string,
): Promise<void> => {
  const [before, after] = [`${from}/`, `${to}/`];
  await prisma.$executeRaw`
    UPDATE "TunedModelVersion" SET
      "base" = CASE WHEN "method" = 'head' AND starts_with("base", ${before})
        THEN ${after} || substr("base", length(${before}) + 1) ELSE "base" END,
      "servedAs" = CASE WHEN starts_with("servedAs", ${before})
        THEN ${after} || substr("servedAs", length(${before}) + 1) ELSE "servedAs" END
    WHERE "workspaceId" = ${workspaceId}`;
  // The cached vectors of training texts are those of the same model.
  await prisma.$executeRaw`
    UPDATE "TrainingVector" SET "model" = ${after} || substr("model", length(${before}) + 1)
    WHERE "workspaceId" = ${workspaceId} AND starts_with("model", ${before})`;
};
