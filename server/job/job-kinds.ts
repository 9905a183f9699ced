import type { JobDefinition } from "./define-job";

/** Every kind of job that this app knows how to do. */
export const jobKinds: readonly JobDefinition[] = [];
