import { readFileSync } from "node:fs";
import { systemClock } from "@/runtime/model/clock";
import { createOpenAiGateway } from "@/runtime/model/openai-gateway";
import { createUndiciFetch } from "@/runtime/model/undici-fetch";
import type { NodeContext } from "@/runtime/node/context";
import { byUse } from "@/runtime/node/model-use";
import { startLocalEndpoint } from "@/runtime/testing/local-endpoint-process";
import { nodeContext } from "@/runtime/testing/node-context";

const unpriced = { inputMicroUsdPerM: null, outputMicroUsdPerM: null };

/** The embedded endpoint as the app starts it, and a step's context that reaches it. */
export const startEndpoint = async (
  model: { readonly id: string; readonly gguf: string | null },
  threads: string | undefined,
): Promise<{ readonly ctx: NodeContext; memory(): number; stop(): Promise<void> }> => {
  const endpoint = await startLocalEndpoint([
    ...(model.gguf === null ? [] : ["--gguf", `${model.id}=${model.gguf}`]),
    ...(threads === undefined ? [] : ["--threads", threads]),
  ]);
  const gateway = createOpenAiGateway({
    endpoints: [
      {
        slug: "graded",
        // However busy the machine: how right a model is does not depend on how long it takes.
        timeoutMs: 30 * 60_000,
        replicas: [{ baseUrl: `${endpoint.url}/v1` }],
        models: [
          // As the app knows its embedded models: a schema is held by grammar, and not told in words.
          { name: model.id, ...byUse((use) => use === "chat"), jsonSchema: true, ...unpriced },
          { name: "local-embed", ...byUse((use) => use === "embedding"), ...unpriced },
        ],
      },
    ],
    defaults: byUse((use) =>
      use === "chat" ? `graded/${model.id}` : use === "embedding" ? "graded/local-embed" : null,
    ),
    clock: systemClock,
    random: Math.random,
    fetch: createUndiciFetch(),
  });
  const { signal } = new AbortController();
  const options = { signal, onCall: () => {} };
  const ctx = nodeContext({
    signal,
    model: {
      async *chat(request) {
        for await (const part of gateway.chat(request, options)) if (part.type !== "thinking-delta") yield part;
      },
      embed: (request) => gateway.embed(request, options),
    },
  });
  return {
    ctx,
    /** Highest resident memory of the endpoint's process in bytes; 0 where the system does not tell. */
    memory: () => {
      try {
        const status = readFileSync(`/proc/${endpoint.process.pid}/status`, "utf8");
        return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
      } catch {
        return 0;
      }
    },
    stop: async () => {
      await endpoint.stop();
    },
  };
};
