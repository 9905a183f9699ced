import { accountRouter } from "./account/router";
import { apiKeyRouter } from "./api-key/router";
import { auditRouter } from "./audit/router";
import { deploymentRouter } from "./deployment/router";
import { endpointRouter } from "./endpoint/router";
import { jobRouter } from "./job/router";
import { pipelineRouter } from "./pipeline/router";
import { runRouter } from "./run/router";
import { templateRouter } from "./template/router";
import { router } from "./trpc";
import { workspaceRouter } from "./workspace/router";

/** The whole API of the interface, one subject a line. A subject's router is its table of contents. */
export const appRouter = router({
  account: accountRouter,
  apiKey: apiKeyRouter,
  audit: auditRouter,
  deployment: deploymentRouter,
  endpoint: endpointRouter,
  job: jobRouter,
  pipeline: pipelineRouter,
  run: runRouter,
  template: templateRouter,
  workspace: workspaceRouter,
});

export type AppRouter = typeof appRouter;
