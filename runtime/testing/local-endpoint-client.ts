import OpenAI from "openai";
import { ensureModels } from "@/scripts/models/ensure-models.mjs";
import { type EndpointProcess, startLocalEndpoint } from "./local-endpoint-process";

/** Slow machines answer a few tokens a second. */
export const PATIENCE = 180_000;
export const chatModel = "qwen2.5-coder-1.5b";

type Params = Partial<OpenAI.ChatCompletionCreateParamsNonStreaming>;

/** The embedded endpoint with the real models, and the official client pointed at it. */
export async function startWithClient(
  args: readonly string[] = [],
  environment: Readonly<Record<string, string>> = {},
) {
  const { missing } = await ensureModels();
  if (missing.length > 0) throw new Error(`missing models: ${JSON.stringify(missing)}`);
  const server = await startLocalEndpoint(args, environment);
  const client = clientOf(server);
  return {
    server,
    client,
    ask: (content: string, params: Params = {}, options?: OpenAI.RequestOptions) =>
      client.chat.completions.create(
        { model: chatModel, messages: [{ role: "user", content }], temperature: 0, ...params },
        options,
      ),
    health: async () => (await fetch(`${server.url}/health`)).json(),
  };
}
export type StartedEndpoint = Awaited<ReturnType<typeof startWithClient>>;

export const clientOf = ({ url }: EndpointProcess, apiKey = "unused") =>
  new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0, timeout: PATIENCE });

export const textOf = (completion: OpenAI.ChatCompletion) => completion.choices[0]?.message.content ?? "";

/** The error that this work ends with. */
export const failureOf = (work: Promise<unknown>): Promise<InstanceType<typeof OpenAI.APIError>> =>
  work.then(
    () => Promise.reject(new Error("a failure was expected")),
    (error) => error,
  );
