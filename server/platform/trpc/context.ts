import { identify } from "@/server/platform/auth/identify";
import type { Database } from "@/server/platform/db/database";
import type { Member } from "@/server/platform/guard/member";
import { isSameOrigin } from "@/server/platform/guard/origin";

/** What a procedure knows of its request before any guard has run. */
export interface RequestContext {
  readonly database: Database;
  /** The signed-in person and the workspace they work in; null for a stranger. */
  readonly member: Member | null;
  /** Whether the request was sent by a page of this app; demanded of every change. */
  readonly sameOrigin: boolean;
}

/** `responseHeaders` receives a renewed session cookie where the session was prolonged. */
export const createContext = async (
  database: Database,
  headers: Headers,
  responseHeaders: Headers,
): Promise<RequestContext> => ({
  database,
  member: await identify(database, headers, responseHeaders),
  sameOrigin: isSameOrigin(headers),
});
