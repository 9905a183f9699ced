import { createHash } from "node:crypto";
import { findKey } from "@/server/api-key/key-cache";
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

/** One answer for every key that does not open the door: missing, malformed, unknown, revoked, expired. */
export const authenticateKey = async (
  database: Database,
  headers: Headers,
  now: () => number = Date.now,
): Promise<KeyHolder> => {
  const key = /^Bearer (pw_[\w-]{20,200})$/i.exec(headers.get("authorization") ?? "")?.[1];
  if (key === undefined) throw refused();
  const row = await findKey(database, hashApiKey(key), now);
  if (row === null || (row.expiresAt !== null && row.expiresAt.getTime() <= now())) throw refused();
  return { apiKeyId: row.id, workspaceId: row.workspaceId };
};
