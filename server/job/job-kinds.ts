import { trainHeadJob } from "@/server/tuned-model/train-job";
import type { JobDefinition } from "./define-job";

/** Every kind of job that this app knows how to do. */
export const jobKinds: readonly JobDefinition[] = [trainHeadJob as JobDefinition];
