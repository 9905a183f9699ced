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
import type { HttpFetch, HttpResponse } from "./http-fetch";
import { type Allowances, readAllowances, readRetryAfter } from "./pace/read-wait";

const errorBodyBytes = 64 * 1024;
/** Bounds of what an endpoint may send in one answer. */
export const answerBytes = { json: 32 * 1024 * 1024, stream: 64 * 1024 * 1024 } as const;

/** The part of WHATWG `Response` that the SDK reads. */
interface SdkResponse {
  readonly ok: true;
  readonly status: number;
  readonly url: string;
  readonly headers: Headers;
  readonly body: AsyncIterable<Uint8Array>;
  text(): Promise<string>;
}

const readText = async (body: AsyncIterable<Uint8Array>, limit: number): Promise<string | null> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
};

async function* bounded(body: AsyncIterable<Uint8Array>, limit: number, tooMuch: () => NodeFailure) {
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > limit) throw tooMuch();
    yield chunk;
  }
}

async function* once(text: string) {
  yield Buffer.from(text, "utf8");
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

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

/**
 * The `fetch` given to the SDK. It adds the API key here, so that the SDK never holds it; sends no header but our own, whatever
 * OPENAI_* variables say; and turns every bad answer into a `NodeFailure` before the SDK sees it.
 */
export const createSdkFetch = ({ name, apiKey, fetch, clock, onAllowances, ...transport }: Transport) => {
  const { keyHeader = "authorization", headers = {}, query = "" } = transport;
  const secrets = Object.values(headers);
  const authorization =
    apiKey === null ? {} : { [keyHeader]: keyHeader === "authorization" ? `Bearer ${apiKey}` : apiKey };
  return async (url: unknown, init: RequestInit = {}): Promise<Response> => {
    const address = String(url);
    const { body, type: bodyType, stream, model } = await encode(init.body);
    const context: FailureContext = { name, apiKey, secrets, ...(model === undefined ? {} : { model }) };
    let answer: HttpResponse;
    try {
      answer = await fetch(addressOf(address, query), {
        method: init.method ?? "GET",
        headers: {
          ...lowerCase(headers),
          accept: "application/json, text/event-stream",
          "user-agent": "pipewright",
          ...(bodyType === undefined ? {} : { "content-type": bodyType }),
          ...authorization,
        },
        ...(body === undefined ? {} : { body }),
        signal: init.signal ?? new AbortController().signal,
      });
    } catch (error) {
      throw connectionFailure(error, context);
    }
    if (model !== undefined) onAllowances?.(model, readAllowances(answer.header, clock.now()));
    const type = (answer.header("content-type") ?? "").toLowerCase();
    const isHtml = type.includes("html");
    if (answer.status < 200 || answer.status >= 300) {
      const text = (await readText(answer.body, errorBodyBytes).catch(() => null)) ?? "";
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
      await readText(answer.body, errorBodyBytes).catch(() => null);
      throw htmlFailure(context);
    }
    const tooMuch = () => protocolFailure("sent more than an answer may hold", context);
    if (address.endsWith("/chat/completions") && stream === true) {
      const stream = type.includes("json") ? await streamOf(answer, context) : answer.body;
      return sdkResponse(answer, address, bounded(stream, answerBytes.stream, tooMuch), async () => "");
    }
    const isStream = type.includes("event-stream");
    return sdkResponse(answer, address, answer.body, async () => {
      const text = await readText(answer.body, answerBytes.json).catch((error) => {
        throw connectionFailure(error, context);
      });
      if (text === null) throw tooMuch();
      if (isStream) return JSON.stringify(piecesOf(text));
      if (parseJson(text) === undefined) throw protocolFailure("sent an answer that is not JSON", context);
      return text;
    });
  };
};

const lowerCase = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

interface Encoded {
  readonly body?: string | Uint8Array;
  readonly type?: string;
  readonly model?: string;
  readonly stream?: boolean;
}

/** A request's body as it goes out, and the model it names. */
const encode = async (body: RequestInit["body"]): Promise<Encoded> => {
  if (typeof body === "string") return { body, type: "application/json", ...modelOf(body) };
  if (!(body instanceof FormData)) return {};
  const multipart = new Response(body);
  const type = multipart.headers.get("content-type") ?? "multipart/form-data";
  const model = body.get("model");
  return {
    body: new Uint8Array(await multipart.arrayBuffer()),
    type,
    ...(typeof model === "string" ? { model } : {}),
  };
};

const modelOf = (body: string): Pick<Encoded, "model" | "stream"> => {
  const parsed = parseJson(body);
  if (typeof parsed !== "object" || parsed === null) return {};
  return {
    ...("model" in parsed && typeof parsed.model === "string" ? { model: parsed.model } : {}),
    ...("stream" in parsed && parsed.stream === true ? { stream: true } : {}),
  };
};

/** A server that streams although it was asked not to: the pieces, as one list. */
const piecesOf = (text: string): unknown[] =>
  text.split(/\r?\n/).flatMap((line) => {
    const piece = line.startsWith("data:") ? parseJson(line.slice("data:".length)) : undefined;
    return piece === undefined ? [] : [piece];
  });

/** A server that ignores `stream` answers with one JSON object: make it a stream of one chunk. */
const streamOf = async (answer: HttpResponse, context: FailureContext): Promise<AsyncIterable<Uint8Array>> => {
  const text = await readText(answer.body, answerBytes.json).catch((error) => {
    throw connectionFailure(error, context);
  });
  const parsed = text === null ? undefined : parseJson(text);
  if (parsed === undefined) throw protocolFailure("sent an answer that is not JSON", context);
  if (typeof parsed === "object" && parsed !== null && "error" in parsed && parsed.error) {
    throw streamedFailure(parsed, context);
  }
  return once(`data: ${JSON.stringify(parsed)}\n\ndata: [DONE]\n\n`);
};

const sdkResponse = (
  answer: HttpResponse,
  url: string,
  body: AsyncIterable<Uint8Array>,
  text: () => Promise<string>,
): Response => {
  const response: SdkResponse = {
    ok: true,
    status: answer.status,
    url,
    headers: new Headers({ "content-type": "application/json" }),
    body,
    text,
  };
  return response as unknown as Response;
};
