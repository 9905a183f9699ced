import type { Database } from "@/server/platform/db/database";
import { baseUrl, readAddress } from "@/server/platform/guard/address";
import { clientAddressHeader, requestOrigin } from "@/server/platform/guard/client-address";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import { getAuth } from "./get-auth";

interface Forwarded {
  readonly path:
    | "/sign-in/email"
    | "/sign-out"
    | "/magic-link/verify"
    | "/two-factor/enable"
    | "/two-factor/disable"
    | "/two-factor/generate-backup-codes"
    | "/two-factor/verify-totp"
    | "/two-factor/verify-backup-code";
  readonly method: "GET" | "POST";
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const passed = ["cookie", "user-agent", "origin", "host"];

/**
 * Hands a request to the library under a path of our choosing, through its counting of attempts. Of the answer only the
 * status and the cookies go on: its bodies may hold the session's token, which no script needs to see.
 */
export const forwardToAuth = async (
  database: Database,
  request: Request,
  { path, method, query, body }: Forwarded,
): Promise<{ readonly ok: boolean; readonly cookies: readonly string[]; readonly body: unknown }> => {
  const auth = getAuth(database);
  const headers = new Headers({ accept: "application/json" });
  const { address } = requestOrigin(request.headers);
  if (address !== null) headers.set(clientAddressHeader, address);
  for (const name of passed) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  if (body !== undefined) headers.set("content-type", "application/json");
  const url = new URL(`/api/auth${path}`, baseUrl(readAddress()));
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
  const response = await auth.handler(
    new Request(url, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }),
  );
  if (response.status === 429) {
    const seconds = response.headers.get("x-retry-after") ?? "60";
    throw new RouteRefusal(
      429,
      "too-many-requests",
      "Too many attempts.",
      { hint: `Wait ${seconds} seconds.` },
      {
        "retry-after": seconds,
      },
    );
  }
  if (response.status >= 500) throw new Error(`the sign-in library answered ${response.status}`);
  const answer: unknown = await response.json().catch(() => null);
  return { ok: response.status === 200, cookies: response.headers.getSetCookie(), body: answer };
};
