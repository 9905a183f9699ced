import type { NodeFailure } from "@/runtime/node/node-failure";
import { addressOf } from "./base-url";
import type { Clock } from "./clock";
import {
  connectionFailure,
  type FailureContext,
  htmlFailure,
  protocolFailure,
  statusFailure,
  streamedFailure,
} from "./endpoint-failure";
import { EventStreamReader } from "./event-stream";
import type { EndSignal, HttpFetch, HttpResponse } from "./http-fetch";
import { type Allowances, readAllowances, readRetryAfter } from "./pace/read-wait";
import { parseJson } from "./parse-json";

const errorBodyBytes = 64 * 1024;
/** Bounds of what an endpoint may send in one answer. */
export const answerBytes = {
  json: 32 * 1024 * 1024,
  stream: 64 * 1024 * 1024,
  /** JSON whose texts are pictures. */
  pictures: 96 * 1024 * 1024,
} as const;

/** The body of an answer; null where it is larger than `limit`, of which no more is read. */
export const readBytes = async ({ body, arrived }: HttpResponse, limit: number): Promise<Uint8Array | null> => {
  const whole = arrived?.() ?? null;
  if (whole !== null) return whole.byteLength > limit ? null : whole;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const readText = async (answer: HttpResponse, limit: number): Promise<string | null> => {
  const bytes = await readBytes(answer, limit);
  return bytes === null ? null : textIn(bytes);
};

const textIn = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");

const longestPlain = 2_000;

/** A refusal in a few plain words. Of other answers that are no JSON, nothing is quoted: who knows what answers there. */
const plainRefusal = (status: number, type: string, text: string): string | null =>
  (status === 400 || status === 422) &&
  type.startsWith("text/plain") &&
  text.length <= longestPlain &&
  !/^\s*</.test(text)
    ? text
    : null;

export interface Transport {
  readonly name: string;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly apiKey: string | null;
  /** Header that carries the key: `authorization` as a bearer token, any other alone. */
  readonly keyHeader?: string;
  /** Sent with each call. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Query of the base URL, with `?`: kept on every path. */
  readonly query?: string;
  readonly fetch: HttpFetch;
  readonly clock: Clock;
  /** Told of what the headers of an answer say is left of the key's allowances at a model. */
  readonly onAllowances?: (model: string, allowances: Allowances) => void;
}

export interface Call {
  /** Ends the call, also while its answer is read. */
  readonly signal: EndSignal;
  /** The model that is asked, for messages and allowances. */
  readonly model?: string;
  /** Bytes that its answer may hold; left out: `answerBytes.json`. */
  readonly mostBytes?: number;
}

/** An answer that is no JSON. */
export interface RawAnswer {
  readonly bytes: Uint8Array;
  /** As the server says, in small letters; empty where it does not. */
  readonly type: string;
}

export interface OpenAiCalls {
  /** POST of JSON or of a form, at a path below the base URL or a full address; gives the JSON that it answers. */
  post(path: string, body: object, call: Call): Promise<unknown>;
  get(path: string, call: Call): Promise<unknown>;
  /** POST of JSON, or GET where there is none, whose answer is a file. */
  bytes(path: string, body: object | null, call: Call): Promise<RawAnswer>;
  /** POST of JSON whose answer is read as it comes: lists of the chunks that came together. */
  stream(path: string, body: object, call: Call): Promise<AsyncIterable<readonly unknown[]>>;
}

/**
 * HTTP as OpenAI-compatible servers speak it. Sends no header but our own, whatever OPENAI_* variables say, and turns every bad answer
 * into a `NodeFailure`. Calls of the openai package cost twice as much: a second reading of each body, a Response and its streams.
 */
export const createOpenAiCalls = ({
  name,
  apiKey,
  fetch,
  clock,
  onAllowances,
  ...transport
}: Transport): OpenAiCalls => {
  const { baseUrl, keyHeader = "authorization", headers = {}, query = "" } = transport;
  const secrets = Object.values(headers);
  const own = {
    ...lowerCase(headers),
    accept: "application/json, text/event-stream, */*;q=0.5",
    "user-agent": "pipewright",
  };
  const authorization =
    apiKey === null ? {} : { [keyHeader]: keyHeader === "authorization" ? `Bearer ${apiKey}` : apiKey };

  /** Headers of a request without a body, and of one with JSON. */
  const bare = { ...own, ...authorization };
  const withJson = { ...own, "content-type": "application/json", ...authorization };

  /** Sends a request; gives an answer that is neither a refusal nor a web page. */
  const send = async (method: string, path: string, body: object | null, { signal, model }: Call) => {
    const context: FailureContext = { name, apiKey, secrets, ...(model === undefined ? {} : { model }) };
    let answer: HttpResponse;
    try {
      const address = addressOf(path.startsWith("/") ? `${baseUrl}${path}` : path, query);
      if (body === null) answer = await fetch(address, { method, headers: bare, signal });
      else if (body instanceof FormData) {
        const { bytes, type } = await encodeForm(body);
        const headers = { ...own, "content-type": type, ...authorization };
        answer = await fetch(address, { method, headers, body: bytes, signal });
      } else answer = await fetch(address, { method, headers: withJson, body: JSON.stringify(body), signal });
    } catch (error) {
      throw connectionFailure(error, context);
    }
    if (model !== undefined) onAllowances?.(model, readAllowances(answer.header, clock.now()));
    const type = (answer.header("content-type") ?? "").toLowerCase();
    const isHtml = type.includes("html");
    if (answer.status < 200 || answer.status >= 300) {
      const text = (await readText(answer, errorBodyBytes).catch(() => null)) ?? "";
      const retryAfterMs = readRetryAfter(answer.header, clock.now());
      throw statusFailure(
        {
          status: answer.status,
          body: isHtml ? null : (parseJson(text) ?? plainRefusal(answer.status, type, text)),
          isHtml: isHtml || /^\s*<(!doctype|html)/i.test(text),
          ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
        },
        context,
      );
    }
    if (isHtml) {
      await readText(answer, errorBodyBytes).catch(() => null);
      throw htmlFailure(context);
    }
    return { answer, type, context };
  };

  const ask = async (method: string, path: string, body: object | null, call: Call): Promise<unknown> => {
    const { answer, type, context } = await send(method, path, body, call);
    const most = call.mostBytes ?? answerBytes.json;
    return type.includes("event-stream")
      ? piecesOf(await textOf(answer, context, most))
      : jsonOf(answer, context, most);
  };

  return {
    post: (path, body, call) => ask("POST", path, body, call),
    get: (path, call) => ask("GET", path, null, call),
    bytes: async (path, body, call) => {
      const { answer, type, context } = await send(body === null ? "GET" : "POST", path, body, call);
      const most = call.mostBytes ?? answerBytes.json;
      const bytes = await readBytes(answer, most).catch((error) => {
        throw connectionFailure(error, context);
      });
      if (bytes === null) throw tooMuch(context);
      return { bytes, type };
    },
    stream: async (path, body, call) => {
      const { answer, type, context } = await send("POST", path, body, call);
      if (!type.includes("json")) return chunksOf(answer.body, context);
      // A server that ignores `stream` answers with one JSON object.
      const whole = await jsonOf(answer, context);
      if (typeof whole === "object" && whole !== null && "error" in whole && whole.error) {
        throw streamedFailure(whole, context);
      }
      return once([whole]);
    },
  };
};

async function* once<T>(value: T) {
  yield value;
}

const textOf = async (answer: HttpResponse, context: FailureContext, most: number): Promise<string> => {
  const text = await readText(answer, most).catch((error) => {
    throw connectionFailure(error, context);
  });
  if (text === null) throw tooMuch(context);
  return text;
};

const jsonOf = async (
  answer: HttpResponse,
  context: FailureContext,
  most: number = answerBytes.json,
): Promise<unknown> => {
  const parsed = parseJson(await textOf(answer, context, most));
  if (parsed === undefined) throw protocolFailure("sent an answer that is not JSON", context);
  return parsed;
};

const tooMuch = (context: FailureContext): NodeFailure => protocolFailure("sent more than an answer may hold", context);

async function* chunksOf(body: AsyncIterable<Uint8Array>, context: FailureContext): AsyncGenerator<readonly unknown[]> {
  const reader = new EventStreamReader(() => protocolFailure("sent JSON that cannot be read", context));
  let size = 0;
  for await (const piece of body) {
    size += piece.byteLength;
    if (size > answerBytes.stream) throw tooMuch(context);
    const chunks = reader.push(piece);
    if (chunks.length > 0) yield chunks;
    if (reader.isDone) return;
  }
  const rest = reader.end();
  if (rest.length > 0) yield rest;
}

const lowerCase = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** A form as it goes out. */
const encodeForm = async (body: FormData): Promise<{ readonly bytes: Uint8Array; readonly type: string }> => {
  const multipart = new Response(body);
  const type = multipart.headers.get("content-type") ?? "multipart/form-data";
  return { bytes: new Uint8Array(await multipart.arrayBuffer()), type };
};

/** A server that streams although it was asked not to: the pieces, as one list. */
const piecesOf = (text: string): unknown[] =>
  text.split(/\r?\n/).flatMap((line) => {
    const piece = line.startsWith("data:") ? parseJson(line.slice("data:".length)) : undefined;
    return piece === undefined ? [] : [piece];
  });
