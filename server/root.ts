import { accountRouter } from "./account/router";
import { auditRouter } from "./audit/router";
import { endpointRouter } from "./endpoint/router";
import { pipelineRouter } from "./pipeline/router";
import { templateRouter } from "./template/router";
import { router } from "./trpc";
import { workspaceRouter } from "./workspace/router";

/** The whole API of the interface, one subject a line. A subject's router is its table of contents. */
export const appRouter = router({
  account: accountRouter,
  audit: auditRouter,
  endpoint: endpointRouter,
  pipeline: pipelineRouter,
  template: templateRouter,
  workspace: workspaceRouter,
});

export type AppRouter = typeof appRouter;
