import { systemClock } from "@/runtime/model/clock";
import { createOpenAiGateway } from "@/runtime/model/openai-gateway";
import { createUndiciFetch } from "@/runtime/model/undici-fetch";
import { byUse } from "@/runtime/node/model-use";

export type Embed = (texts: readonly string[]) => Promise<readonly (readonly number[])[]>;

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
  return async (texts) => {
    const vectors: (readonly number[])[] = [];
    for (let from = 0; from < texts.length; from += 128) {
      const input = texts.slice(from, from + 128);
      vectors.push(...(await gateway.embed({ model: reference, input }, { signal, onCall: () => {} })).vectors);
    }
    return vectors;
  };
};
