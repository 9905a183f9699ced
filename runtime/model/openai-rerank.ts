import type { RerankReply, RerankRequest } from "@/runtime/node/context";
import { NodeFailure } from "@/runtime/node/node-failure";
import { isRecord } from "@/runtime/node/record";
import { type FailureContext, protocolFailure } from "./endpoint-failure";
import { inBatches, type LearntBatches, sumUsage } from "./openai-batches";
import { readInputUsage } from "./openai-usage";

/** How a server wants to be asked: Jina, Cohere and vLLM take `documents` under /v1, text-embeddings-inference `texts` at its root. */
export interface RerankForm {
  readonly field: "documents" | "texts";
  readonly atRoot: boolean;
}
const commonForm: RerankForm = { field: "documents", atRoot: false };

export interface RerankMemory {
  readonly forms: Map<string, RerankForm>;
  readonly batches: LearntBatches;
}

type Send = (body: Readonly<Record<string, unknown>>, atRoot: boolean) => Promise<unknown>;

const batchSize = 1_000;

/** POST /rerank. A score is of one pair of query and document, so parts of the list can be scored one after another. */
export const rerankInBatches = async (
  request: RerankRequest,
  memory: RerankMemory,
  context: FailureContext,
  send: Send,
): Promise<RerankReply> => {
  const { model, query, documents } = request;
  const most = Math.min(request.topN ?? documents.length, documents.length);
  let before = 0;
  const parts = await inBatches(documents, memory.batches, model, batchSize, async (batch) => {
    const answer = await askInForm(model, memory.forms, (form) =>
      send(
        {
          model,
          query,
          [form.field]: batch,
          ...(batch.length === documents.length ? { top_n: most } : {}),
          return_documents: false,
        },
        form.atRoot,
      ),
    );
    const part = readRanking(answer, batch.length, context);
    const results = part.results.map(({ index, score }) => ({ index: before + index, score }));
    before += batch.length;
    return { ...part, results };
  });
  const results = parts.flatMap((part) => part.results).toSorted((a, b) => b.score - a.score || a.index - b.index);
  return { results: results.slice(0, most), usage: sumUsage(parts.map(({ usage }) => usage)), costMicroUsd: null };
};

/** Asks in the form known for the model; a refusal that names a difference is learnt from and asked again. */
const askInForm = async (
  model: string,
  forms: Map<string, RerankForm>,
  ask: (form: RerankForm) => Promise<unknown>,
): Promise<unknown> => {
  let form = forms.get(model) ?? commonForm;
  let first: unknown = null;
  for (;;) {
    try {
      const answer = await ask(form);
      forms.set(model, form);
      return answer;
    } catch (error) {
      first ??= error;
      const adapted = adapt(form, error);
      if (adapted === null) throw first;
      form = adapted;
    }
  }
};

const adapt = (form: RerankForm, error: unknown): RerankForm | null => {
  if (!(error instanceof NodeFailure)) return null;
  if (error.code === "model-rejected" && form.field === "documents" && /\btexts\b/.test(error.message)) {
    return { ...form, field: "texts" };
  }
  const isAbsent = error.code === "model-protocol" && /\((404|405)\)/.test(error.message);
  return isAbsent && !form.atRoot ? { ...form, atRoot: true } : null;
};

/** `{ results: [{ index, relevance_score }] }`, `{ data: [...] }` (Voyage), or TEI's bare list of `{ index, score }`. */
const readRanking = (answer: unknown, documents: number, context: FailureContext) => {
  const list = Array.isArray(answer) ? answer : isRecord(answer) ? (answer.results ?? answer.data) : undefined;
  if (!Array.isArray(list)) throw protocolFailure("sent no ranking", context);
  const seen = new Set<number>();
  const results = list.map((item) => {
    const index = isRecord(item) ? item.index : undefined;
    const score = isRecord(item) ? (item.relevance_score ?? item.score) : undefined;
    if (typeof index !== "number" || !Number.isInteger(index) || index < 0 || index >= documents || seen.has(index)) {
      throw protocolFailure("ranked a document that it was not given", context);
    }
    if (typeof score !== "number" || !Number.isFinite(score)) {
      throw protocolFailure("sent a score that is not a number", context);
    }
    seen.add(index);
    return { index, score };
  });
  return { results, usage: isRecord(answer) ? readInputUsage(answer.usage) : null };
};
