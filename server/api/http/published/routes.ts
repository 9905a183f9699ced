import { guardRoute } from "@/server/platform/guard/route";
import type { LeanRoute } from "@/server/platform/lean/lean-listener";
import { answerRun } from "./answer-run";
import { ratePublishedRun } from "./rate-published-run";
import { resumeStream } from "./resume-stream";

export const runRoute = guardRoute({ auth: "api-key" }, answerRun);
export const eventsRoute = guardRoute({ auth: "api-key" }, resumeStream);
export const feedbackRoute = guardRoute({ auth: "api-key" }, ratePublishedRun);

/** What callers of published pipelines use, served without the framework where the app's own server runs. */
export const publishedRoutes: readonly LeanRoute[] = [
  { method: "POST", path: "/api/v1/pipelines/[slug]/runs", handler: runRoute },
  { method: "GET", path: "/api/v1/pipelines/[slug]/runs/[runId]/events", handler: eventsRoute },
  { method: "POST", path: "/api/v1/pipelines/[slug]/runs/[runId]/feedback", handler: feedbackRoute },
];
