import type { JobCall } from "@/server/platform/job/define-job";

/** What indexing needs of the job that it is part of. */
export type IndexCall = Pick<JobCall<unknown>, "database" | "workspaceId" | "signal" | "progress">;
