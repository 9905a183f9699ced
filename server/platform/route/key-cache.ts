import type { Database } from "@/server/platform/db/database";
import { Refreshed } from "@/server/platform/db/refreshed";
import { tellFront } from "@/server/platform/front-link/front-link";
import type { KeyHolder } from "@/server/platform/route/bearer";
import { readUsageLimits } from "@/server/platform/route/usage-limits";

/** A key that was not revoked when it was looked up. */
export interface KnownKey {
  readonly holder: KeyHolder;
  readonly expiresAt: Date | null;
}
interface Remembered {
  readonly key: KnownKey | "revoked";
  usedAt: number;
}

/** The use of a key is written down at most once in this time. */
const useGrainMs = 60_000;
const mostKeys = 10_000;

// On globalThis because Next loads this module more than once in one process, and a revoke must reach every copy.
const shared: typeof globalThis & { pipewrightKeys?: Refreshed<Remembered> } = globalThis;
const keys = (): Refreshed<Remembered> => {
  shared.pipewrightKeys ??= new Refreshed(mostKeys);
  return shared.pipewrightKeys;
};

/**
 * The key with this hash, or why there is none to use; as it is or, where another machine revoked it, was within the last two seconds. Whether it has expired is
 * for the caller to see.
 */
export const findKey = async (
  database: Database,
  keyHash: string,
  now: () => number,
): Promise<KnownKey | "unknown" | "revoked"> => {
  const remembered = await keys().get(keyHash, () => lookUp(database, keyHash), now);
  if (remembered === null) return "unknown";
  const { key } = remembered;
  if (key !== "revoked") noteUse(database, remembered, key, now());
  return key;
};

const include = { deployments: { select: { deploymentId: true } } } as const;

const rowOf = async ({ prisma }: Database, keyHash: string) =>
  (await prisma.apiKey.findUnique({ where: { keyHash }, include })) ??
  (await prisma.apiKey.findUnique({ where: { formerKeyHash: keyHash }, include }));

const earliest = (one: Date | null, other: Date | null): Date | null => {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
};

const lookUp = async (database: Database, keyHash: string): Promise<Remembered | null> => {
  const row = await rowOf(database, keyHash);
  if (row === null) return null;
  const usedAt = row.lastUsedAt?.getTime() ?? 0;
  if (row.revokedAt !== null) return { key: "revoked", usedAt };
  const { id, workspaceId, mayRun, mayRead, mayRate, mayEvaluate, mayDecide, mayReadPrompts } = row;
  const deploymentIds = row.allDeployments ? null : new Set(row.deployments.map(({ deploymentId }) => deploymentId));
  const holder = {
    apiKeyId: id,
    workspaceId,
    mayRun,
    mayRead,
    mayRate,
    mayEvaluate,
    mayDecide,
    mayReadPrompts,
    limits: readUsageLimits(row.limits),
    deploymentIds,
  };
  // The key that this one came in place of opens until its time is over.
  const isFormer = row.keyHash !== keyHash;
  const expiresAt = isFormer ? earliest(row.formerUntil, row.expiresAt) : row.expiresAt;
  return { key: { holder, expiresAt }, usedAt };
};

/** To be called, and waited for, after every change of a key: when it resolves nobody on this machine takes the key for what it was. */
export const forgetKey = (keyHash: string): Promise<void> => {
  keys().forget(keyHash);
  return tellFront({ type: "key-changed", keyHash });
};

/** Not waited for: the caller's request does not depend on it. */
const noteUse = (database: Database, remembered: Remembered, { holder }: KnownKey, now: number): void => {
  if (now - remembered.usedAt < useGrainMs) return;
  remembered.usedAt = now;
  database.prisma.apiKey
    .updateMany({ where: { id: holder.apiKeyId }, data: { lastUsedAt: new Date(now) } })
    .catch((error: unknown) => console.error("the use of an API key could not be written down:", error));
};
