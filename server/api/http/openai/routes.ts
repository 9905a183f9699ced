import type { LeanRoute } from "@/server/platform/lean/lean-listener";
import { guardRoute } from "@/server/platform/route/route";
import { answerChat, answerResponses, openAiGuard } from "./answer-openai";
import { getModel, listModels } from "./models";

export const chatRoute = guardRoute(openAiGuard, answerChat);
export const responsesRoute = guardRoute(openAiGuard, answerResponses);
export const modelsRoute = guardRoute(openAiGuard, listModels);
export const modelRoute = guardRoute(openAiGuard, getModel);

/** Published pipelines for clients of OpenAI, whose base URL is `/v1`; served as the other ways are. */
export const openAiRoutes: readonly LeanRoute[] = [
  { method: "POST", path: "/v1/chat/completions", handler: chatRoute },
  { method: "POST", path: "/v1/responses", handler: responsesRoute },
  { method: "GET", path: "/v1/models", handler: modelsRoute },
  { method: "GET", path: "/v1/models/[slug]", handler: modelRoute },
];
