import { tellFront } from "@/server/platform/front-link/front-link";
import type { Database } from "@/server/platform/db/database";
import type { KeyHolder } from "@/server/platform/route/bearer";

/** A key that was not revoked when it was looked up. */
export interface KnownKey {
  readonly holder: KeyHolder;
  readonly expiresAt: Date | null;
}
interface Remembered {
  readonly key: KnownKey;
  readonly lookedUpAt: number;
  usedAt: number;
}

/** How long another process may go on taking a key that was revoked; in this one a revoke counts at once. */
const trustMs = 5_000;
/** The use of a key is written down at most once in this time. */
const useGrainMs = 60_000;
const mostKeys = 10_000;

// On globalThis because Next loads this module more than once in one process, and a revoke must reach every copy.
const shared: typeof globalThis & { pipewrightKeys?: Map<string, Remembered> } = globalThis;
const keys = (): Map<string, Remembered> => {
  shared.pipewrightKeys ??= new Map();
  return shared.pipewrightKeys;
};

/** The key with this hash, or why there is none to use. Whether it has expired is for the caller to see. */
export const findKey = async (
  database: Database,
  keyHash: string,
  now: () => number,
): Promise<KnownKey | "unknown" | "revoked"> => {
  const remembered = keys().get(keyHash);
  if (remembered !== undefined && now() - remembered.lookedUpAt < trustMs) {
    noteUse(database, remembered, now());
    return remembered.key;
  }
  keys().delete(keyHash);
  const row = await database.prisma.apiKey.findUnique({
    where: { keyHash },
    include: { deployments: { select: { deploymentId: true } } },
  });
  if (row === null) return "unknown";
  if (row.revokedAt !== null) return "revoked";
  const { id, workspaceId, expiresAt, lastUsedAt, mayRun, mayRead, mayRate, mayEvaluate } = row;
  const deploymentIds = row.allDeployments ? null : new Set(row.deployments.map(({ deploymentId }) => deploymentId));
  const fresh = {
    key: { holder: { apiKeyId: id, workspaceId, mayRun, mayRead, mayRate, mayEvaluate, deploymentIds }, expiresAt },
    lookedUpAt: now(),
    usedAt: lastUsedAt?.getTime() ?? 0,
  };
  if (keys().size >= mostKeys) keys().clear();
  keys().set(keyHash, fresh);
  noteUse(database, fresh, now());
  return fresh.key;
};

/** To be called, and waited for, after every change of a key: when it resolves nobody on this machine takes the key for what it was. */
export const forgetKey = (keyHash: string): Promise<void> => {
  keys().delete(keyHash);
  return tellFront({ type: "key-changed", keyHash });
};

/** Not waited for: the caller's request does not depend on it. */
const noteUse = (database: Database, remembered: Remembered, now: number): void => {
  if (now - remembered.usedAt < useGrainMs) return;
  remembered.usedAt = now;
  database.prisma.apiKey
    .updateMany({ where: { id: remembered.key.holder.apiKeyId }, data: { lastUsedAt: new Date(now) } })
    .catch((error: unknown) => console.error("the use of an API key could not be written down:", error));
};
