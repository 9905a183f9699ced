import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { queueFull } from "../errors";
import { notOfThisUse, RERANK_ID } from "../model-list";
import { sendError, sendJson } from "../reply";
import { parseRerankRequest } from "../rerank/request";
import { rerankDocuments } from "../rerank/rerank-documents";
import type { Services } from "../services";

/** In the form of Cohere and vLLM: the documents' places and scores, best first. */
export async function rerank(body: unknown, response: ServerResponse, services: Services, signal: AbortSignal) {
  const request = parseRerankRequest(body);
  if (!request.ok) return sendError(response, request.error);
  const { model, query, documents, topN, returnDocuments } = request.value;
  if (model !== RERANK_ID) return sendError(response, notOfThisUse(model, "rerank", services));

  const turn = await services.queues.embeddings.run(
    () =>
      services.uses.during(RERANK_ID, () =>
        rerankDocuments(query, documents, (texts) => services.embeddings.embed("local-embed", texts, signal)),
      ),
    signal,
  );
  if (!turn.ok) {
    if (turn.error.reason === "full") sendError(response, queueFull(turn.error.waiting, turn.error.retryAfterSeconds));
    return;
  }
  if (!turn.value.ok) return sendError(response, turn.value.error);
  const { ranked, tokens } = turn.value.value;
  sendJson(response, 200, {
    id: `rerank-${randomUUID()}`,
    model,
    results: ranked.slice(0, topN).map(({ index, score }) => ({
      index,
      relevance_score: score,
      ...(returnDocuments && { document: { text: documents[index] ?? "" } }),
    })),
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  });
}
