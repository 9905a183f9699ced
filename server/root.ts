import { accountRouter } from "./account/router";
import { apiKeyRouter } from "./api-key/router";
import { auditRouter } from "./audit/router";
import { datasetRouter } from "./dataset/router";
import { deploymentRouter } from "./deployment/router";
import { endpointRouter } from "./endpoint/router";
import { experimentRouter } from "./experiment/router";
import { fileRouter } from "./file/router";
import { gateRouter } from "./gate/router";
import { jobRouter } from "./job/router";
import { knowledgeRouter } from "./knowledge/router";
import { pipelineRouter } from "./pipeline/router";
import { retentionRouter } from "./retention/router";
import { reviewRouter } from "./review/router";
import { runRouter } from "./run/router";
import { sheetRouter } from "./sheet/router";
import { templateRouter } from "./template/router";
import { trainingSetRouter } from "./training-set/router";
import { router } from "./trpc";
import { tunedModelRouter } from "./tuned-model/router";
import { workspaceRouter } from "./workspace/router";

/** The whole API of the interface, one subject a line. A subject's router is its table of contents. */
export const appRouter = router({
  account: accountRouter,
  apiKey: apiKeyRouter,
  audit: auditRouter,
  dataset: datasetRouter,
  deployment: deploymentRouter,
  endpoint: endpointRouter,
  experiment: experimentRouter,
  file: fileRouter,
  gate: gateRouter,
  job: jobRouter,
  knowledge: knowledgeRouter,
  pipeline: pipelineRouter,
  retention: retentionRouter,
  review: reviewRouter,
  run: runRouter,
  sheet: sheetRouter,
  template: templateRouter,
  trainingSet: trainingSetRouter,
  tunedModel: tunedModelRouter,
  workspace: workspaceRouter,
});

export type AppRouter = typeof appRouter;
