import { createHash } from "node:crypto";
import type { Database } from "@/server/db";
import { RouteRefusal } from "./route-refusal";

/** Whoever holds a key may run the published pipelines of the key's workspace, and nothing else. */
export interface KeyHolder {
  readonly apiKeyId: string;
  readonly workspaceId: string;
}

/** Keys are long random strings, so a fast hash is enough; only hashes are kept. */
export const hashApiKey = (key: string): string => createHash("sha256").update(key).digest("hex");

const refused = (): RouteRefusal =>
  new RouteRefusal(
    401,
    "unauthorized",
    "The API key is missing, unknown, revoked or expired.",
    { hint: "Send it as: Authorization: Bearer pw_…" },
    { "www-authenticate": "Bearer" },
  );

/** The use of a key is written down at most once in this time. */
const useGrainMs = 60_000;

/** One answer for every key that does not open the door: missing, malformed, unknown, revoked, expired. */
export const authenticateKey = async (
  database: Database,
  headers: Headers,
  now: () => number = Date.now,
): Promise<KeyHolder> => {
  const key = /^Bearer (pw_[\w-]{20,200})$/i.exec(headers.get("authorization") ?? "")?.[1];
  if (key === undefined) throw refused();
  const row = await database.prisma.apiKey.findUnique({ where: { keyHash: hashApiKey(key) } });
  if (row === null || row.revokedAt !== null || (row.expiresAt !== null && row.expiresAt.getTime() <= now())) {
    throw refused();
  }
  if (row.lastUsedAt === null || now() - row.lastUsedAt.getTime() > useGrainMs) {
    await database.prisma.apiKey.update({ where: { id: row.id }, data: { lastUsedAt: new Date(now()) } });
  }
  return { apiKeyId: row.id, workspaceId: row.workspaceId };
};
