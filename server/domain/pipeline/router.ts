import { router } from "@/server/platform/trpc/procedures";
import { createPipeline } from "./create-pipeline";
import { duplicatePipeline } from "./duplicate-pipeline";
import { getEvaluationChoice } from "./get-evaluation-choice";
import { getPipeline } from "./get-pipeline";
import { getRevision } from "./get-revision";
import { keepRevision } from "./keep-revision";
import { listPipelines } from "./list-pipelines";
import { listRevisions } from "./list-revisions";
import { removePipeline } from "./remove-pipeline";
import { renamePipeline } from "./rename-pipeline";
import { restorePipeline } from "./restore-pipeline";
import { saveEvaluationChoice } from "./save-evaluation-choice";
import { savePipeline } from "./save-pipeline";
import { saveSampleInputs } from "./save-sample-inputs";
import { stepSource } from "./step-source";
import { usedBy } from "./used-by";

export const pipelineRouter = router({
  list: listPipelines,
  get: getPipeline,
  create: createPipeline,
  save: savePipeline,
  rename: renamePipeline,
  duplicate: duplicatePipeline,
  remove: removePipeline,
  restore: restorePipeline,
  revisions: listRevisions,
  revision: getRevision,
  stepSource,
  usedBy,
  keep: keepRevision,
  saveSampleInputs,
  evaluationChoice: getEvaluationChoice,
  saveEvaluationChoice,
});
