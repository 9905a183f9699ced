import { experimentJob } from "@/server/domain/experiment/experiment-job";
import { tuningJob } from "@/server/domain/fine-tuning/tuning-job";
import { indexJob } from "@/server/domain/knowledge/index/index-job";
import { sheetJob } from "@/server/domain/sheet/sheet-job";
import { trainHeadJob } from "@/server/domain/tuned-model/train-job";
import type { JobDefinition } from "./platform/job/define-job";

/** Every kind of job that this app knows how to do. */
export const jobKinds: readonly JobDefinition[] = [
  experimentJob as JobDefinition,
  indexJob as JobDefinition,
  sheetJob as JobDefinition,
  trainHeadJob as JobDefinition,
  tuningJob as JobDefinition,
];
