import { randomBytes } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import type { GraphDocument } from "@/runtime/graph/document";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { frontDoor } from "@/server/api/http/front/front-door";
import { answerMcp } from "@/server/api/http/mcp/answer-mcp";
import { answerChat, answerResponses, openAiGuard } from "@/server/api/http/openai/answer-openai";
import { getModel, listModels } from "@/server/api/http/openai/models";
import { runQueueOf } from "@/server/domain/background-run/run-queue";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import { runWorkspace } from "@/server/domain/run/run-fixture";
import type { Database } from "@/server/platform/db/database";
import { leanListener } from "@/server/platform/lean/lean-listener";
import { guardRoute } from "@/server/platform/route/route";
import { openTestDatabase } from "@/server/testing/test-database";
import { answerOpenApi, answerOwnOpenApi } from "./answer-openapi";
import { answerRun } from "./answer-run";
import { cancelPublishedRun } from "./cancel-published-run";
import { readRun } from "./read-run";
import { resumeStream } from "./resume-stream";
import { retryPublishedRun } from "./retry-published-run";
import { publishedGuard } from "./routes";

/** For tests: published pipelines behind the front door on a port of their own, with an endpoint whose models behave as they are called. */
export const publishedFixture = async (models: readonly string[]) => {
  process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
  const [database, server]: [Database, FakeOpenAiServer] = await Promise.all([
    openTestDatabase(),
    startFakeOpenAiServer(),
  ]);
  const workspace = await runWorkspace(database, server.baseUrl, models);
  const { key } = await workspace.api.apiKey.create({ name: "Test" });
  const open = async () => database;
  const base = "/api/v1/pipelines/[slug]/runs";
  const one = `${base}/[runId]`;
  const door = frontDoor(
    leanListener([
      { method: "POST", path: base, handler: guardRoute(publishedGuard, answerRun, open) },
      { method: "GET", path: one, handler: guardRoute(publishedGuard, readRun, open) },
      { method: "GET", path: `${one}/events`, handler: guardRoute(publishedGuard, resumeStream, open) },
      { method: "POST", path: `${one}/retry`, handler: guardRoute(publishedGuard, retryPublishedRun, open) },
      { method: "POST", path: `${one}/cancel`, handler: guardRoute(publishedGuard, cancelPublishedRun, open) },
      { method: "GET", path: "/api/v1/openapi.json", handler: guardRoute({ auth: "api-key" }, answerOpenApi, open) },
      {
        method: "GET",
        path: "/api/v1/pipelines/[slug]/openapi.json",
        handler: guardRoute(publishedGuard, answerOwnOpenApi, open),
      },
      { method: "POST", path: "/api/mcp", handler: guardRoute({ auth: "api-key" }, answerMcp, open) },
      { method: "POST", path: "/v1/chat/completions", handler: guardRoute(openAiGuard, answerChat, open) },
      { method: "POST", path: "/v1/responses", handler: guardRoute(openAiGuard, answerResponses, open) },
      { method: "GET", path: "/v1/models", handler: guardRoute(openAiGuard, listModels, open) },
      { method: "GET", path: "/v1/models/[slug]", handler: guardRoute(openAiGuard, getModel, open) },
    ]),
    open,
  );
  const listener = http.createServer((incoming, outgoing) => {
    // What the lean routes do not take goes to the framework, which is not here.
    if (!door(incoming, outgoing)) outgoing.writeHead(404).end('{"error":{"code":"not-found","message":"not lean"}}');
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  const headersOf = (bearer: string, more: Readonly<Record<string, string>> = {}) => ({
    authorization: `Bearer ${bearer}`,
    "content-type": "application/json",
    ...more,
  });
  const publish = async (model: string) => {
    const pipelineId = await workspace.pipeline(model);
    const { slug } = await workspace.api.deployment.suggestSlug({ pipelineId });
    return workspace.api.deployment.publish({ pipelineId, revision: 1, slug });
  };
  const publishDocument = async (name: string, document: GraphDocument) => {
    const { id: pipelineId } = await workspace.api.pipeline.create({ name, document });
    const { slug } = await workspace.api.deployment.suggestSlug({ pipelineId });
    return workspace.api.deployment.publish({ pipelineId, revision: 1, slug });
  };
  return {
    publishDocument,
    database,
    server,
    key,
    origin,
    publish,
    ...workspace,
    post: (slug: string, body: unknown, headers?: Readonly<Record<string, string>>, bearer: string = key) =>
      fetch(`${origin}/api/v1/pipelines/${slug}/runs`, {
        method: "POST",
        headers: headersOf(bearer, headers),
        body: JSON.stringify(body),
      }),
    get: (slug: string, runId: string, bearer: string = key) =>
      fetch(`${origin}/api/v1/pipelines/${slug}/runs/${runId}`, { headers: headersOf(bearer) }),
    cancel: (slug: string, runId: string, bearer: string = key) =>
      fetch(`${origin}/api/v1/pipelines/${slug}/runs/${runId}/cancel`, { method: "POST", headers: headersOf(bearer) }),
    retry: (slug: string, runId: string, bearer: string = key) =>
      fetch(`${origin}/api/v1/pipelines/${slug}/runs/${runId}/retry`, { method: "POST", headers: headersOf(bearer) }),
    close: async () => {
      listener.closeAllConnections();
      listener.close();
      await runQueueOf(database).idle();
      await liveRunsOf(database).settled();
      await Promise.all([database.close(), server.close()]);
    },
  };
};
