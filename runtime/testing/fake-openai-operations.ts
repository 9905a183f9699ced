import type http from "node:http";
import { after, type FakeCall, sendError, sendJson } from "./fake-openai-answers";
import type { Behaviour } from "./fake-openai-behaviour";
import { fakeMedia } from "./fake-openai-media";

interface Call extends FakeCall {
  readonly input?: string | readonly string[];
  readonly query?: string;
  readonly documents?: readonly string[];
  readonly texts?: readonly string[];
  readonly top_n?: number;
  readonly response_format?: unknown;
  readonly file?: { readonly name: string; readonly type: string; readonly bytes: Buffer };
}
type Operation = (response: http.ServerResponse, call: Call, behaviour: Behaviour) => void;

const usageOf = (texts: readonly string[]) => {
  const tokens = Math.ceil(texts.join("").length / 4);
  return { prompt_tokens: tokens, total_tokens: tokens };
};

/** Dislikes one word, and texts that hold it, much. */
const moderate: Operation = (response, call, behaviour) => {
  const input = typeof call.input === "string" ? [call.input] : (call.input ?? []);
  if (behaviour.kind === "small-batch" && input.length > behaviour.size) {
    return sendError(response, 400, `batch size is invalid, it should not be larger than ${behaviour.size}.`);
  }
  const results = input.map((text) => {
    const harassment = behaviour.kind === "nonsense" ? 17 : /idiot/i.test(text) ? 0.97 : 0.01;
    const flagged = harassment > 0.5;
    const categories = { harassment: flagged, violence: false };
    return { flagged, categories, category_scores: { harassment, violence: 0.002 } };
  });
  const body = {
    id: "modr-fake",
    model: call.model,
    results: behaviour.kind === "short" ? results.slice(1) : results,
    usage: usageOf(input),
  };
  after(response, behaviour.latencyMs, () => sendJson(response, 200, body));
};

/** Hears "hello there" in anything that is not silence; a WAV header is 44 bytes. */
const transcribe: Operation = (response, call, behaviour) => {
  const { file } = call;
  if (file === undefined) return sendError(response, 400, "file: field required");
  const isSilent = file.bytes.subarray(44).every((byte) => byte === 0);
  const text = isSilent ? "" : " Hello there.";
  const segments = isSilent ? [] : [{ id: 0, start: 0, end: behaviour.kind === "nonsense" ? -1 : 1.5, text }];
  const body =
    behaviour.kind === "short"
      ? { language: "english" }
      : call.response_format === "verbose_json"
        ? { task: "transcribe", language: "english", duration: 2, text, segments }
        : { text };
  after(response, behaviour.latencyMs, () => sendJson(response, 200, body));
};

/** The share of the query's words that a document holds. */
const rerank: Operation = (response, call, behaviour) => {
  const isTei = behaviour.kind === "tei";
  if (isTei && call.texts === undefined) {
    return sendJson(response, 422, { error: "Failed to deserialize the JSON body: missing field `texts`" });
  }
  const documents = (isTei ? call.texts : call.documents) ?? [];
  if (behaviour.kind === "small-batch" && documents.length > behaviour.size) {
    return sendError(response, 422, `batch size ${documents.length} > maximum allowed batch size ${behaviour.size}`);
  }
  const words = (call.query ?? "").toLowerCase().match(/\p{L}+/gu) ?? [];
  const scored = documents
    .map((document, index) => {
      const held = words.filter((word) => document.toLowerCase().includes(word)).length;
      return { index: behaviour.kind === "nonsense" ? index + 1000 : index, score: held / Math.max(1, words.length) };
    })
    .toSorted((a, b) => b.score - a.score)
    .slice(0, isTei ? undefined : call.top_n);
  const body = isTei
    ? scored
    : {
        id: "rerank-fake",
        model: call.model,
        results: scored.map(({ index, score }) => ({ index, relevance_score: score })),
        usage: usageOf(documents),
      };
  after(response, behaviour.latencyMs, () => sendJson(response, 200, behaviour.kind === "short" ? {} : body));
};

/** By path below /v1. */
export const fakeOperations: Readonly<Record<string, Operation>> = {
  "/moderations": moderate,
  "/audio/transcriptions": transcribe,
  "/rerank": rerank,
  ...fakeMedia,
};
