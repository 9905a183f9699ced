import { hash } from "node:crypto";
import type { Database } from "@/server/platform/db/database";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import { findKey } from "@/server/platform/route/key-cache";
import type { UsageLimits } from "@/server/platform/route/usage-limits";

/** Whoever holds a key may do what its rights say with the deployments that it is for, sees the runs that it started, and nothing else. */
export interface KeyHolder {
  readonly apiKeyId: string;
  readonly workspaceId: string;
  readonly mayRun: boolean;
  readonly mayRead: boolean;
  readonly mayRate: boolean;
  readonly mayEvaluate: boolean;
  readonly mayDecide: boolean;
  readonly mayReadPrompts: boolean;
  /** null: it may use as much as it will. */
  readonly limits: UsageLimits | null;
  /** null: all of the workspace. */
  readonly deploymentIds: ReadonlySet<string> | null;
}

/** Keys are long random strings, so a fast hash is enough; only hashes are kept. */
export const hashApiKey = (key: string): string => hash("sha256", key);

/** Why a key does not open the door, as the caller is told. */
const refusals = {
  "key-missing": {
    message: "The request has no API key.",
    hint: "Send it as: Authorization: Bearer pw_…",
  },
  "key-unknown": {
    message: "There is no such API key.",
    hint: "Copy the whole key, from pw_ on, or make a new one under Publish or in the settings.",
  },
  "key-revoked": {
    message: "This API key was revoked.",
    hint: "Use another key, or make a new one under Publish or in the settings.",
  },
  "key-expired": {
    message: "This API key has expired.",
    hint: "Make a new one under Publish or in the settings.",
  },
} as const;

/** The challenge is that of RFC 6750, section 3: without an error where nothing was sent. */
const refused = (code: keyof typeof refusals): RouteRefusal => {
  const { message, hint } = refusals[code];
  const challenge = code === "key-missing" ? "Bearer" : `Bearer error="invalid_token", error_description="${message}"`;
  return new RouteRefusal(401, code, message, { hint }, { "www-authenticate": challenge });
};

/**
 * Refuses by reason. Whoever is told that a key was revoked or has expired holds all 256 bits of it; every guess gets the answer for unknown
 * ones, so nothing can be learnt by trying.
 */
export const authenticateKey = async (
  database: Database,
  headers: Headers,
  now: () => number = Date.now,
): Promise<KeyHolder> => {
  const sent = /^Bearer +(\S.*)$/i.exec(headers.get("authorization") ?? "")?.[1];
  if (sent === undefined || sent === "null" || sent === "undefined") throw refused("key-missing");
  if (!/^pw_[\w-]{20,200}$/.test(sent)) throw refused("key-unknown");
  const found = await findKey(database, hashApiKey(sent), now);
  if (found === "unknown") throw refused("key-unknown");
  if (found === "revoked") throw refused("key-revoked");
  if (found.expiresAt !== null && found.expiresAt.getTime() <= now()) throw refused("key-expired");
  return found.holder;
};
