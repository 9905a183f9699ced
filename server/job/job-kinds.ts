import { experimentJob } from "@/server/experiment/experiment-job";
import { indexJob } from "@/server/knowledge/index/index-job";
import { sheetJob } from "@/server/sheet/sheet-job";
import { trainHeadJob } from "@/server/tuned-model/train-job";
import type { JobDefinition } from "./define-job";

/** Every kind of job that this app knows how to do. */
export const jobKinds: readonly JobDefinition[] = [
  experimentJob as JobDefinition,
  indexJob as JobDefinition,
  sheetJob as JobDefinition,
  trainHeadJob as JobDefinition,
];
