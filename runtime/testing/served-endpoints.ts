import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { systemClock } from "@/runtime/model/clock";
import type { ModelGateway } from "@/runtime/model/endpoint";
import type { GatewayModel } from "@/runtime/model/gateway";
import { createOpenAiEndpoint } from "@/runtime/model/openai-endpoint";
import { createOpenAiGateway } from "@/runtime/model/openai-gateway";
import { createUndiciFetch } from "@/runtime/model/undici-fetch";
import { byUse } from "@/runtime/node/model-use";
import { ensureModels } from "@/scripts/models/ensure-models.mjs";
import { PATIENCE } from "./local-endpoint-client";
import { startLocalEndpoint } from "./local-endpoint-process";

/** A server in a process of its own, behind a gateway that knows no other. */
export interface ServedEndpoint {
  readonly slug: string;
  readonly gateway: ModelGateway;
  /** Models stand behind it, not canned answers. */
  readonly isReal: boolean;
  readonly stop: () => Promise<void>;
}

const free = { inputMicroUsdPerM: 0, outputMicroUsdPerM: 0 };
const key = "key-of-this-test";

type ServedModel = Omit<GatewayModel, "inputMicroUsdPerM" | "outputMicroUsdPerM"> & { readonly jsonSchema?: boolean };

/** `default` of each use is the first model that is for it. */
const gatewayOver = (slug: string, baseUrl: string, models: readonly ServedModel[]): ModelGateway =>
  createOpenAiGateway({
    endpoints: [
      {
        slug,
        apiKey: key,
        replicas: [{ baseUrl }],
        models: models.map((model) => ({ ...free, ...model })),
        timeoutMs: PATIENCE,
      },
    ],
    defaults: byUse((use) => {
      const model = models.find((each) => each[use]);
      return model === undefined ? null : `${slug}/${model.name}`;
    }),
    clock: systemClock,
    random: Math.random,
    fetch: createUndiciFetch(),
  });

/** The embedded endpoint with the shipped models, under any name: what it can do is read from it. */
export const serveEmbedded = async (slug: string): Promise<ServedEndpoint> => {
  const { missing } = await ensureModels();
  if (missing.length > 0) throw new Error(`missing models: ${JSON.stringify(missing)}`);
  const server = await startLocalEndpoint([], { PIPEWRIGHT_LOCAL_ENDPOINT_KEY: key });
  const baseUrl = `${server.url}/v1`;
  const endpoint = createOpenAiEndpoint(
    { id: slug, name: slug, baseUrl, apiKey: key, timeoutMs: PATIENCE },
    { fetch: createUndiciFetch(), clock: systemClock },
  );
  const { models: described } = await endpoint.describeModels({ signal: AbortSignal.timeout(PATIENCE) });
  const models = described.map(
    ({ name, uses }): ServedModel => ({
      name,
      ...byUse((use) => uses?.includes(use) === true),
      jsonSchema: uses?.includes("chat") === true,
    }),
  );
  // Plain questions go to the language model itself.
  models.sort((a, b) => Number(a.vision === true) - Number(b.vision === true));
  return {
    slug,
    isReal: true,
    gateway: gatewayOver(slug, baseUrl, models),
    stop: async () => {
      await server.stop();
    },
  };
};

const project = path.resolve(import.meta.dirname, "../..");

/** Another server that speaks the protocol, registered by hand as a hosted one would be. */
export const serveFake = async (slug: string): Promise<ServedEndpoint> => {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "runtime/testing/fake-openai-server.ts", "--port", "0", "--key", key],
    { cwd: project, stdio: ["ignore", "pipe", "inherit"] },
  );
  return {
    slug,
    isReal: false,
    gateway: gatewayOver(slug, await addressOf(child), [
      { name: "schema", chat: true, jsonSchema: true },
      { name: "fake-vision", chat: true, vision: true },
      { name: "fake-embedding", embedding: true },
      { name: "fake-moderation", moderation: true },
      { name: "fake-whisper", transcription: true },
      { name: "fake-reranker", rerank: true },
      { name: "fake-image", picture: true },
      { name: "fake-tts", speech: true },
    ]),
    stop: () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve());
        child.kill();
      }),
  };
};

const addressOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let output = "";
    child.stdout?.on("data", (chunk) => {
      output += chunk;
      const found = /(http:\S+\/v1)/.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
