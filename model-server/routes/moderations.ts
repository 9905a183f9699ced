import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { queueFull } from "../errors";
import { notOfThisUse } from "../model-list";
import { FLAGGED } from "../moderate/categories";
import type { Moderation } from "../moderate/moderate-text";
import { parseModerationRequest } from "../moderate/request";
import { sendError, sendJson } from "../reply";
import type { Services } from "../services";

/** One result a text, in order. */
export async function moderations(body: unknown, response: ServerResponse, services: Services, signal: AbortSignal) {
  const request = parseModerationRequest(body);
  if (!request.ok) return sendError(response, request.error);
  const { model, input } = request.value;
  const { moderation } = services.families;
  if (model !== moderation.id) return sendError(response, notOfThisUse(model, "moderation", services));

  const turn = await services.queues.moderation.run(
    () => moderation.call<readonly Moderation[]>("moderate", input, signal),
    signal,
  );
  if (!turn.ok) {
    if (turn.error.reason === "full") sendError(response, queueFull(turn.error.waiting, turn.error.retryAfterSeconds));
    return;
  }
  if (!turn.value.ok) return sendError(response, turn.value.error);
  const results = turn.value.value;
  const tokens = results.reduce((sum, one) => sum + one.tokens, 0);
  sendJson(response, 200, {
    id: `modr-${randomUUID()}`,
    model,
    results: results.map(({ flagged, scores }) => ({
      flagged,
      categories: Object.fromEntries(Object.entries(scores).map(([name, score]) => [name, score >= FLAGGED])),
      category_scores: scores,
    })),
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  });
}
