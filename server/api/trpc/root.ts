import { accountRouter } from "@/server/domain/account/router";
import { answerCacheRouter } from "@/server/domain/answer-cache/router";
import { apiKeyRouter } from "@/server/domain/api-key/router";
import { auditRouter } from "@/server/domain/audit/router";
import { batchRouter } from "@/server/domain/batch/router";
import { conversationRouter } from "@/server/domain/conversation/router";
import { credentialRouter } from "@/server/domain/credential/router";
import { datasetRouter } from "@/server/domain/dataset/router";
import { deploymentRouter } from "@/server/domain/deployment/router";
import { endpointRouter } from "@/server/domain/endpoint/router";
import { experimentRouter } from "@/server/domain/experiment/router";
import { fileRouter } from "@/server/domain/file/router";
import { fineTuningRouter } from "@/server/domain/fine-tuning/router";
import { gateRouter } from "@/server/domain/gate/router";
import { inboxRouter } from "@/server/domain/inbox/router";
import { knowledgeRouter } from "@/server/domain/knowledge/router";
import { mcpRouter } from "@/server/domain/mcp/router";
import { pageRouter } from "@/server/domain/page/router";
import { pipelineRouter } from "@/server/domain/pipeline/router";
import { promptRouter } from "@/server/domain/prompt/router";
import { promptFiguresRouter } from "@/server/domain/prompt-figures/router";
import { promptLabelRouter } from "@/server/domain/prompt-label/router";
import { proposalRouter } from "@/server/domain/proposal/router";
import { retentionRouter } from "@/server/domain/retention/router";
import { reviewRouter } from "@/server/domain/review/router";
import { rollupRouter } from "@/server/domain/rollup/router";
import { runRouter } from "@/server/domain/run/router";
import { scheduleRouter } from "@/server/domain/schedule/router";
import { sheetRouter } from "@/server/domain/sheet/router";
import { templateRouter } from "@/server/domain/template/router";
import { toolRouter } from "@/server/domain/tool/router";
import { trainingSetRouter } from "@/server/domain/training-set/router";
import { triggerRouter } from "@/server/domain/trigger/router";
import { tunedModelRouter } from "@/server/domain/tuned-model/router";
import { webhookRouter } from "@/server/domain/webhook/router";
import { workspaceRouter } from "@/server/domain/workspace/router";
import { jobRouter } from "@/server/platform/job/router";
import { router } from "@/server/platform/trpc/procedures";

/** The whole API of the interface, one subject a line. A subject's router is its table of contents. */
export const appRouter = router({
  account: accountRouter,
  answerCache: answerCacheRouter,
  apiKey: apiKeyRouter,
  batch: batchRouter,
  conversation: conversationRouter,
  credential: credentialRouter,
  mcp: mcpRouter,
  audit: auditRouter,
  dataset: datasetRouter,
  deployment: deploymentRouter,
  endpoint: endpointRouter,
  experiment: experimentRouter,
  file: fileRouter,
  fineTuning: fineTuningRouter,
  gate: gateRouter,
  inbox: inboxRouter,
  job: jobRouter,
  knowledge: knowledgeRouter,
  page: pageRouter,
  pipeline: pipelineRouter,
  prompt: promptRouter,
  promptFigures: promptFiguresRouter,
  promptLabel: promptLabelRouter,
  proposal: proposalRouter,
  retention: retentionRouter,
  review: reviewRouter,
  rollup: rollupRouter,
  run: runRouter,
  schedule: scheduleRouter,
  sheet: sheetRouter,
  template: templateRouter,
  tool: toolRouter,
  trainingSet: trainingSetRouter,
  trigger: triggerRouter,
  tunedModel: tunedModelRouter,
  webhook: webhookRouter,
  workspace: workspaceRouter,
});

export type AppRouter = typeof appRouter;
