import type { CacheScope } from "@/runtime/capability/cache/contract";

/** Whose run it is. */
export interface CacheRun {
  readonly workspaceId: string;
  readonly pipelineId: string;
  readonly revisionId: string;
  readonly deploymentId: string | null;
  readonly apiKeyId: string | null;
  /** Who started it in the editor. */
  readonly userId?: string | null;
  /** The caller's id of the end user, where it was said. */
  readonly endUser?: string | undefined;
}

export interface CallerScope {
  readonly scope: string;
  /** By which what is kept is erased; empty where it is not kept for one end user. */
  readonly endUser: string;
}

/** Runs of one address share what is kept, and so do runs of one draft; no answer goes from one to the other. */
export const ownerOf = ({ deploymentId, pipelineId }: CacheRun): string =>
  deploymentId === null ? `draft:${pipelineId}` : `deployment:${deploymentId}`;

/**
 * Whom among them an answer is for. What callers call their end users is their own: two keys that say "7" mean two people. null where answers are kept for each
 * end user and nobody said whose run it is.
 */
export const scopeOf = (run: CacheRun, scope: CacheScope, user: string | undefined): CallerScope | null => {
  if (scope === "pipeline") return { scope: "", endUser: "" };
  const caller = run.apiKeyId === null ? `member:${run.userId ?? ""}` : `key:${run.apiKeyId}`;
  if (scope === "key") return { scope: caller, endUser: "" };
  // In the editor whoever runs the draft is the end user.
  const endUser = user ?? run.endUser ?? "";
  if (endUser === "") return run.apiKeyId === null ? { scope: caller, endUser } : null;
  return { scope: `user:${caller}:${endUser}`, endUser };
};
