import http from "node:http";
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import { after, misbehave, sendError, sendHalf, sendJson } from "./fake-openai-answers";
import { type Behaviour, behaviourOf, servedModels } from "./fake-openai-behaviour";
import { fakeFiles } from "./fake-openai-media";
import { fakeOperations } from "./fake-openai-operations";
import { type FakeToolCall, fakeCallDeltas, fakeCallMessage, fakeCalls, fakeToolAnswer } from "./fake-openai-tools";
import { smallestValue } from "./smallest-value";

/**
 * A real HTTP server that speaks the OpenAI protocol and misbehaves on request: the model's name decides how (see
 * `fake-openai-behaviour.ts`). For tests and benchmarks. On its own:
 * `node --import tsx runtime/testing/fake-openai-server.ts --port 18000`
 */
export interface FakeOpenAiServer {
  readonly port: number;
  readonly origin: string;
  /** With /v1. */
  readonly baseUrl: string;
  /** What was asked, in order. */
  readonly requests: readonly FakeRequest[];
  /** Resolves when `count` requests have come in all; so a test waits for the server, not for time. */
  received(count: number): Promise<void>;
  /** Resolves when the client has left `count` requests before their answer was complete. */
  abandoned(count: number): Promise<void>;
  close(): Promise<void>;
}

export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: unknown;
}

export interface FakeOpenAiServerOptions {
  readonly port?: number;
  readonly host?: string;
  /** Without it any key, or none, is taken. */
  readonly apiKey?: string;
  readonly models?: readonly string[];
  /** Requests kept in `requests`; a benchmark sets 0. */
  readonly keepRequests?: number;
}

interface ContentPart {
  readonly text?: string;
  readonly image_url?: { readonly url: string };
}

interface ChatCall extends Pick<FakeToolCall, "tools" | "tool_choice"> {
  readonly model?: string;
  readonly messages?: readonly { readonly role: string; readonly content: string | readonly ContentPart[] | null }[];
  readonly stream?: boolean;
  readonly stream_options?: { readonly include_usage?: boolean };
  readonly response_format?: { readonly type?: string; readonly json_schema?: { readonly schema?: unknown } };
  readonly max_tokens?: number;
  readonly input?: string | readonly string[];
}

const counter = () => {
  let count = 0;
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  return {
    add: () => {
      count += 1;
      for (const entry of waiting) if (entry.count <= count) entry.resolve();
    },
    reached: (wanted: number) =>
      new Promise<void>((resolve) => {
        if (wanted <= count) resolve();
        else waiting.push({ count: wanted, resolve });
      }),
  };
};

export const startFakeOpenAiServer = async (options: FakeOpenAiServerOptions = {}): Promise<FakeOpenAiServer> => {
  const requests: FakeRequest[] = [];
  const received = counter();
  const abandoned = counter();
  const failuresLeft = new Map<string, number>();
  const keep = options.keepRequests ?? 1000;

  const server = http.createServer((incoming, response) => {
    response.on("close", () => {
      if (!response.writableFinished) abandoned.add();
    });
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", async () => {
      const body = await readBody(Buffer.concat(chunks), incoming.headers["content-type"] ?? "");
      const path = incoming.url ?? "/";
      if (keep > 0) {
        requests.push({ method: incoming.method ?? "", path, headers: incoming.headers, body });
        if (requests.length > keep) requests.shift();
      }
      received.add();
      const file = incoming.method === "GET" ? fakeFiles[path] : undefined;
      if (file !== undefined) return file(response);
      if (options.apiKey !== undefined && incoming.headers.authorization !== `Bearer ${options.apiKey}`) {
        const said = `Incorrect API key provided: ${incoming.headers.authorization ?? "none"}`;
        return sendError(response, 401, said, "invalid_api_key");
      }
      const call: ChatCall = typeof body === "object" && body !== null ? body : {};
      if (incoming.method === "GET" && path === "/v1/models") {
        return sendJson(response, 200, { object: "list", data: servedModels(options.models).map(modelEntry) });
      }
      const behaviour = behaviourOf(call.model ?? "");
      if (path === "/v1/chat/completions") return chat(response, call, behaviour, failuresLeft);
      if (path === "/v1/embeddings") return embed(response, call, behaviour, failuresLeft);
      const operation = fakeOperations[path.replace(/^\/v1/, "")];
      const isElsewhere = behaviour.kind === "tei" && path.startsWith("/v1/");
      if (operation === undefined || isElsewhere) return sendJson(response, 404, { detail: "Not Found" });
      if (misbehave(response, call, behaviour, failuresLeft)) return;
      if (behaviour.kind === "half") sendHalf(response);
      else operation(response, call, behaviour);
    });
  });
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, options.host ?? "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  return {
    port,
    origin,
    baseUrl: `${origin}/v1`,
    requests,
    received: received.reached,
    abandoned: abandoned.reached,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

/** JSON, or the fields of a form with its file as what it holds. */
const readBody = async (bytes: Buffer, type: string): Promise<unknown> => {
  if (!type.startsWith("multipart/")) return parse(bytes.toString("utf8"));
  const form = await new Response(new Uint8Array(bytes), { headers: { "content-type": type } }).formData();
  const fields = await Promise.all(
    [...form].map(async ([name, value]) => [
      name,
      typeof value === "string"
        ? value
        : { name: value.name, type: value.type, bytes: Buffer.from(await value.arrayBuffer()) },
    ]),
  );
  return Object.fromEntries(fields);
};

/** A message's words, and of each picture what it is: a model that echoes shows what it saw. */
const wordsOf = (content: string | readonly ContentPart[] | null): string =>
  content === null || typeof content === "string"
    ? (content ?? "")
    : content
        .map(({ text, image_url: image }) => {
          const [, type, base64 = ""] = /^data:([^;]+);base64,(.*)$/s.exec(image?.url ?? "") ?? [];
          return text ?? `[${type ?? "picture"} of ${Buffer.from(base64, "base64").byteLength} bytes]`;
        })
        .join(" ");

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const modelEntry = (id: string) => ({
  id,
  object: "model",
  created: 1_760_000_000,
  owned_by: "fake",
  max_model_len: 8192,
});

const chat = (
  response: http.ServerResponse,
  call: ChatCall,
  behaviour: Behaviour,
  failuresLeft: Map<string, number>,
): void => {
  if (misbehave(response, call, behaviour, failuresLeft)) return;
  const id = "chatcmpl-fake";
  const question = wordsOf(call.messages?.at(-1)?.content ?? "");
  const mustCall = behaviour.kind === "answer" && call.tool_choice === "required";
  const form = behaviour.kind === "tools" ? behaviour.form : mustCall ? "tools" : null;
  const calls = form === null ? [] : fakeCalls(form, call);
  const tokens = calls.length > 0 ? [] : tokensOf(behaviour, call, question);
  const usage = {
    prompt_tokens: Math.ceil((call.messages ?? []).reduce((sum, { content }) => sum + wordsOf(content).length, 0) / 4),
    // A call is words, too.
    completion_tokens: tokens.length + calls.length * 5,
    total_tokens: 0,
  };
  usage.total_tokens = usage.prompt_tokens + usage.completion_tokens;
  const isCut = call.max_tokens !== undefined && tokens.length >= call.max_tokens;
  // Some servers say "stop" where they call.
  const saysCalls = calls.length > 0 && form !== "tools-zero-index" && form !== "tools-in-text";
  const finishReason = isCut ? "length" : saysCalls ? "tool_calls" : "stop";

  if (call.stream !== true || behaviour.kind === "no-stream") {
    const said = { content: tokens.join(""), refusal: null };
    const called = form !== null && calls.length > 0 ? fakeCallMessage(form, calls) : {};
    const message = { role: "assistant", ...said, ...called };
    const body = {
      id,
      object: "chat.completion",
      created: 1_760_000_000,
      model: call.model,
      choices: [{ index: 0, message, logprobs: null, finish_reason: finishReason }],
      ...(behaviour.kind === "no-usage" ? {} : { usage }),
    };
    after(response, behaviour.latencyMs, () => sendJson(response, 200, body));
    return;
  }

  const chunk = (delta: object, reason: string | null) =>
    `data: ${JSON.stringify({
      id,
      object: "chat.completion.chunk",
      created: 1_760_000_000,
      model: call.model,
      choices: [{ index: 0, delta, finish_reason: reason }],
    })}\n\n`;
  const end = () => {
    response.write(chunk({}, finishReason));
    if (call.stream_options?.include_usage === true && behaviour.kind !== "no-usage") {
      response.write(`data: ${JSON.stringify({ id, object: "chat.completion.chunk", choices: [], usage })}\n\n`);
    }
    response.end("data: [DONE]\n\n");
  };
  /** What happens after the tokens. */
  const finish = () => {
    switch (behaviour.kind) {
      case "half":
        // What was written still arrives; the end of the body does not. Newer Node holds it back until the turn is over.
        setImmediate(() => response.socket?.end());
        return;
      case "cut":
        response.end();
        return;
      case "stall":
        return;
      case "broken-json":
        response.write('data: {"choices":[{"delta":{"content":"oh\n\n');
        response.end("data: [DONE]\n\n");
        return;
      case "stream-error":
        response.write(`data: ${JSON.stringify(behaviour.error)}\n\n`);
        response.end("data: [DONE]\n\n");
        return;
      default:
        end();
    }
  };
  after(response, behaviour.latencyMs, () => {
    response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" });
    if (behaviour.kind === "reasoning")
      response.write(chunk({ role: "assistant", reasoning_content: "Let me think." }, null));
    if (form !== null && calls.length > 0) {
      for (const delta of fakeCallDeltas(form, calls)) response.write(chunk(delta, null));
      return finish();
    }
    const [first, ...rest] = tokens;
    if (first === undefined) {
      response.flushHeaders();
      return finish();
    }
    response.write(chunk({ role: "assistant", content: first }, null));
    if (behaviour.gapMs === 0) {
      for (const token of rest) response.write(chunk({ content: token }, null));
      return finish();
    }
    const timer = setInterval(() => {
      const token = rest.shift();
      if (token !== undefined) return response.write(chunk({ content: token }, null));
      clearInterval(timer);
      finish();
    }, behaviour.gapMs);
    response.on("close", () => clearInterval(timer));
  });
};

const tokensOf = (behaviour: Behaviour, call: ChatCall, question: string): readonly string[] => {
  const most = call.max_tokens ?? Number.POSITIVE_INFINITY;
  if (behaviour.kind === "echo" || behaviour.kind === "erratic")
    return (question.match(/\s*\S+/g) ?? []).slice(0, most);
  if (behaviour.kind === "tools") return (fakeToolAnswer(call).match(/\s*\S+/g) ?? []).slice(0, most);
  const schema = call.response_format?.json_schema?.schema;
  if (behaviour.kind === "schema" && schema !== undefined) return [JSON.stringify(smallestValue(schema))];
  if (behaviour.kind === "json" || (behaviour.kind === "refuse" && behaviour.parameter === "response_format")) {
    return ['{"answer":', " ", '"forty two"', "}"];
  }
  return Array.from({ length: Math.min(behaviour.tokens, most) }, (_, index) => `t${index} `);
};

/** A vector that depends on the text alone: letter counts, so that like texts lie near each other. */
const vectorOf = (text: string): readonly number[] => {
  const vector: number[] = new Array(16).fill(0.01);
  for (const letter of text.toLowerCase()) {
    const slot = letter.charCodeAt(0) % 16;
    vector[slot] = (vector[slot] ?? 0) + 1;
  }
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
};

const embed = (
  response: http.ServerResponse,
  call: ChatCall,
  behaviour: Behaviour,
  failuresLeft: Map<string, number>,
): void => {
  if (misbehave(response, call, behaviour, failuresLeft)) return;
  const input = typeof call.input === "string" ? [call.input] : (call.input ?? []);
  if (behaviour.kind === "small-batch" && input.length > behaviour.size) {
    sendError(response, 400, `batch size is invalid, it should not be larger than ${behaviour.size}.`);
    return;
  }
  const tokens = Math.ceil(input.reduce((sum, text) => sum + text.length, 0) / 4);
  const data = input.map((text, index) => ({ object: "embedding", index, embedding: vectorOf(text) }));
  // Out of order, as a server may: the index tells.
  after(response, behaviour.latencyMs, () =>
    sendJson(response, 200, {
      object: "list",
      data: data.reverse(),
      model: call.model,
      usage: { prompt_tokens: tokens, total_tokens: tokens },
    }),
  );
};

if (process.argv[1] !== undefined && import.meta.url === new URL(`file://${process.argv[1]}`).href) {
  const { values } = parseArgs({
    options: { port: { type: "string", default: "18000" }, host: { type: "string" }, key: { type: "string" } },
  });
  const server = await startFakeOpenAiServer({
    port: Number(values.port),
    keepRequests: 0,
    ...(values.host === undefined ? {} : { host: values.host }),
    ...(values.key === undefined ? {} : { apiKey: values.key }),
  });
  process.stdout.write(`fake OpenAI server on ${server.baseUrl}\n`);
}
