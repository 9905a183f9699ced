import { findDeployment } from "@/server/domain/deployment/find-deployment";
import type { LeanRoute } from "@/server/platform/lean/lean-listener";
import { guardRoute, type RouteGuard } from "@/server/platform/route/route";
import { answerOpenApi, answerOwnOpenApi } from "./answer-openapi";
import { answerRun } from "./answer-run";
import { cancelPublishedRun } from "./cancel-published-run";
import { ratePublishedRun } from "./rate-published-run";
import { readRun } from "./read-run";
import { resumeStream } from "./resume-stream";
import { retryPublishedRun } from "./retry-published-run";

/** A page of another origin is answered by the list of the workspace that published the address. */
export const publishedGuard = {
  auth: "api-key",
  workspaceOf: async (database, { slug }) =>
    slug === undefined ? null : ((await findDeployment(database, slug))?.workspaceId ?? null),
} as const satisfies RouteGuard;

export const openApiRoute = guardRoute({ auth: "api-key" }, answerOpenApi);
export const ownOpenApiRoute = guardRoute(publishedGuard, answerOwnOpenApi);
export const runRoute = guardRoute(publishedGuard, answerRun);
export const readRunRoute = guardRoute(publishedGuard, readRun);
export const eventsRoute = guardRoute(publishedGuard, resumeStream);
export const cancelRoute = guardRoute(publishedGuard, cancelPublishedRun);
export const retryRoute = guardRoute(publishedGuard, retryPublishedRun);
export const feedbackRoute = guardRoute(publishedGuard, ratePublishedRun);

/** What callers of published pipelines use, served without the framework where the app's own server runs. */
export const publishedRoutes: readonly LeanRoute[] = [
  { method: "GET", path: "/api/v1/openapi.json", handler: openApiRoute },
  { method: "GET", path: "/api/v1/pipelines/[slug]/openapi.json", handler: ownOpenApiRoute },
  { method: "POST", path: "/api/v1/pipelines/[slug]/runs", handler: runRoute },
  { method: "GET", path: "/api/v1/pipelines/[slug]/runs/[runId]", handler: readRunRoute },
  { method: "GET", path: "/api/v1/pipelines/[slug]/runs/[runId]/events", handler: eventsRoute },
  { method: "POST", path: "/api/v1/pipelines/[slug]/runs/[runId]/cancel", handler: cancelRoute },
  { method: "POST", path: "/api/v1/pipelines/[slug]/runs/[runId]/retry", handler: retryRoute },
  { method: "POST", path: "/api/v1/pipelines/[slug]/runs/[runId]/feedback", handler: feedbackRoute },
];
