import type { Database } from "@/server/platform/db/database";
import { Refreshed } from "@/server/platform/db/refreshed";
import { tellFront } from "@/server/platform/front-link/front-link";

const mostWorkspaces = 10_000;

// On globalThis because Next loads this module more than once in one process, and a change must reach every copy.
const shared: typeof globalThis & { pipewrightOrigins?: Refreshed<ReadonlySet<string>> } = globalThis;
const remembered = (): Refreshed<ReadonlySet<string>> => {
  shared.pipewrightOrigins ??= new Refreshed(mostWorkspaces);
  return shared.pipewrightOrigins;
};

const originsOf = async ({ prisma }: Database, workspaceId: string): Promise<ReadonlySet<string>> => {
  const origins = await remembered().get(workspaceId, async () => {
    const row = await prisma.workspace.findUnique({ where: { id: workspaceId }, select: { allowedOrigins: true } });
    return new Set(row?.allowedOrigins ?? []);
  });
  return origins ?? new Set();
};

/** To be called, and waited for, after every change of a workspace's list. */
export const originsChanged = (workspaceId: string): Promise<void> => {
  remembered().forget(workspaceId);
  return tellFront({ type: "origins-changed", workspaceId });
};

/** Whose list counts: that of the workspace that a key or an address belongs to. */
export type OriginScope = { readonly workspaceId: string } | { readonly anyWorkspace: true };

/** What a page of another origin may read beside the body. */
const exposed =
  "retry-after, www-authenticate, allow, location, idempotency-replayed, x-pipewright-ignored, x-ratelimit-limit-requests, x-ratelimit-remaining-requests, x-ratelimit-reset-requests, x-ratelimit-limit-tokens, x-ratelimit-remaining-tokens, x-ratelimit-reset-tokens";

/**
 * The headers that let a page of another origin read an answer; empty where no list names it. An origin is always named and never a wildcard, and
 * credentials are never allowed: a key is sent by a script, not by the browser.
 */
export const crossOriginHeaders = async (
  database: Database,
  origin: string | null,
  scope: OriginScope,
): Promise<Readonly<Record<string, string>>> => {
  if (origin === null || !(await isAllowed(database, origin, scope))) return {};
  return { "access-control-allow-origin": origin, "access-control-expose-headers": exposed, vary: "origin" };
};

const isAllowed = async (database: Database, origin: string, scope: OriginScope): Promise<boolean> => {
  if ("anyWorkspace" in scope) {
    const found = await database.prisma.workspace.findFirst({
      where: { allowedOrigins: { has: origin } },
      select: { id: true },
    });
    return found !== null;
  }
  return (await originsOf(database, scope.workspaceId)).has(origin);
};
