import { systemClock } from "@/runtime/model/clock";
import { createOpenAiGateway } from "@/runtime/model/openai-gateway";
import { createUndiciFetch } from "@/runtime/model/undici-fetch";
import { byUse } from "@/runtime/node/model-use";
import { asPassage, asQuestion } from "@/server/domain/knowledge/embedded-text";

export type Embed = (
  texts: readonly string[],
  are?: "questions" | "passages",
) => Promise<readonly (readonly number[])[]>;

/** Asks an embedding model, in requests of a size that any server takes. */
export const createEmbedder = (baseUrl: string, model: string): Embed => {
  const reference = `bench/${model}`;
  const gateway = createOpenAiGateway({
    endpoints: [
      {
        slug: "bench",
        replicas: [{ baseUrl }],
        models: [
          { name: model, ...byUse((use) => use === "embedding"), inputMicroUsdPerM: null, outputMicroUsdPerM: null },
        ],
      },
    ],
    defaults: byUse(() => null),
    clock: systemClock,
    random: Math.random,
    fetch: createUndiciFetch(),
  });
  const { signal } = new AbortController();
  const marked = `local/${model}`;
  return async (texts, are) => {
    const vectors: (readonly number[])[] = [];
    for (let from = 0; from < texts.length; from += 128) {
      const some = texts.slice(from, from + 128);
      // As a knowledge base writes them for this model.
      const input =
        are === undefined ? some : some.map((text) => (are === "questions" ? asQuestion : asPassage)(marked, text));
      vectors.push(...(await gateway.embed({ model: reference, input }, { signal, onCall: () => {} })).vectors);
    }
    return vectors;
  };
};
