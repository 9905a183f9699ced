import type { ChatPart, ChatRequest } from "@/runtime/node/context";
import type { FileReference } from "@/runtime/node/file-reference";
import { NodeFailure } from "@/runtime/node/node-failure";
import { splitBaseUrl, withQuery } from "./base-url";
import type { Clock } from "./clock";
import type { Completion } from "./completion";
import { DialectMemory, type OnLearnt } from "./dialect-memory";
import type { CallOptions, Endpoint } from "./endpoint";
import { connectionFailure, type FailureContext, quote, streamedFailure } from "./endpoint-failure";
import { fetchPicture } from "./fetch-picture";
import { hideKey, hideKeyIn, hideKeyInDrawn } from "./hide-key";
import type { EndSignal, HttpFetch } from "./http-fetch";
import { createKeyMask } from "./mask-key";
import { readChunk } from "./openai-chunk";
import { adaptDialect, type Dialect, type DialectField, type Learning } from "./openai-dialect";
import { embedInBatches } from "./openai-embeddings";
import { allModels, type ListedModels, readModels } from "./openai-models";
import { moderateInBatches } from "./openai-moderations";
import { drawPictures, PictureHabits } from "./openai-pictures";
import { chatBody } from "./openai-request";
import { rerankInBatches } from "./openai-rerank";
import { speakText } from "./openai-speech";
import { maxAudioBytes, transcribeFile } from "./openai-transcriptions";
import { answerBytes, createOpenAiCalls } from "./openai-transport";
import type { Allowances } from "./pace/read-wait";
import { inPrompt, offersTools, PromptedReply } from "./prompted-tools";
import { imageLimits, readImages, readRequestFile } from "./read-files";
import { ReplyReader } from "./reply-reader";
import { saysSomething } from "./says-something";
import { abortFailure, Watchdog } from "./watchdog";

export interface OpenAiEndpointConfig {
  readonly id: string;
  /** What messages call it. */
  readonly name: string;
  /** Where the API begins, usually ending in /v1. */
  readonly baseUrl: string;
  readonly apiKey: string | null;
  /** Header that carries the key: `authorization` (left out) as a bearer token, any other alone. */
  readonly keyHeader?: string;
  /** Sent with each call; masked in messages. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Longest silence: before the first token, and between two. */
  readonly timeoutMs: number;
  /** Models known to hold a JSON schema by grammar; others are told of it in words too. */
  readonly schemaModels?: readonly string[];
  /** Added to each chat request as they stand. */
  readonly extraFields?: Readonly<Record<string, unknown>>;
  /** What was learnt before of how its models want to be asked, by model. */
  readonly learnings?: Readonly<Record<string, Learning>>;
}

export interface OpenAiEndpointEffects {
  readonly fetch: HttpFetch;
  /** Where its answers name addresses of other servers, which hold the pictures that it made: to public ones alone. Left out: they are not fetched. */
  readonly fetchPublic?: HttpFetch;
  readonly clock: Clock;
  /** Told of each thing that is learnt of how a model wants to be asked. */
  readonly onLearnt?: OnLearnt;
  /** Told of what an answer says is left of the key's allowances at a model. */
  readonly onAllowances?: (model: string, allowances: Allowances) => void;
}

export interface OpenAiEndpoint extends Endpoint {
  /** The models it serves, with what the server says of them. */
  describeModels(options: CallOptions): Promise<ListedModels>;
}

/** So many refusals of one call are learnt from. */
const mostLessons = 12;

type OpenedReply = {
  readonly dialect: Dialect;
  /** Where the reply ends, for a server that cannot be told. */
  readonly stop: readonly string[];
} & (
  | { readonly isWhole: true; readonly chunks: readonly unknown[] }
  /** Lists of the chunks that came together. */
  | { readonly isWhole: false; readonly chunks: AsyncIterable<readonly unknown[]> }
);

/** So many times the longest silence may a reply take that comes in one piece: there the server is silent until it is done. */
const wholeReplyPatience = 3;

export const createOpenAiEndpoint = (config: OpenAiEndpointConfig, effects: OpenAiEndpointEffects): OpenAiEndpoint => {
  const { id, name, apiKey, timeoutMs } = config;
  const { clock } = effects;
  const { address, query } = splitBaseUrl(config.baseUrl);
  const { keyHeader = "authorization", headers = {} } = config;
  const secrets = Object.values(headers);
  const calls = createOpenAiCalls({ name, baseUrl: address, apiKey, keyHeader, headers, query, ...effects });
  const keyMask = createKeyMask(apiKey);
  const memory = new DialectMemory(config.learnings, effects.onLearnt);
  const learnt = {
    embedding: new Map<string, number>(),
    moderation: new Map<string, number>(),
    rerank: { forms: new Map(), batches: new Map<string, number>() },
    plainTranscribers: new Set<string>(),
    pictures: new PictureHabits(),
  };
  /** Where the server's other APIs begin, without the version at the end. */
  const root = address.replace(/\/v\d+$/, "");
  const schemaModels = new Set(config.schemaModels);

  const silence =
    (model?: string, limitMs = timeoutMs) =>
    () =>
      new NodeFailure("model-timeout", `The endpoint "${name}" said nothing for ${limitMs / 1000} s.`, {
        hint:
          model === undefined
            ? "Check that the server is up."
            : `Raise the endpoint's time limit, or use a faster model than "${model}".`,
      });

  /** One call with one answer, under the time limit. */
  const ask = async <T>(
    call: (signal: EndSignal) => Promise<T>,
    caller: AbortSignal,
    model?: string,
    limitMs = timeoutMs,
  ): Promise<T> => {
    const watchdog = new Watchdog(clock, limitMs, caller, silence(model, limitMs));
    try {
      watchdog.throwIfAborted();
      watchdog.wait();
      return await call(watchdog.signal);
    } catch (error) {
      throw watchdog.signal.aborted
        ? watchdog.signal.reason
        : connectionFailure(error, { name, apiKey, secrets, ...(model === undefined ? {} : { model }) });
    } finally {
      watchdog.close();
    }
  };

  /** Asks in the dialect known for the model; a refusal that names a difference is learnt from and asked again, also one that comes in place of the first piece. */
  const openReply = async (
    request: ChatRequest,
    urls: ReadonlyMap<string, string>,
    { signal, whole }: { readonly signal: EndSignal; readonly whole: boolean },
  ): Promise<OpenedReply> => {
    const context: FailureContext = { name, apiKey, secrets, model: request.model };
    let dialect = memory.of(request.model);
    let firstRefusal: NodeFailure | null = null;
    const said: Partial<Record<DialectField, string>> = {};
    for (let tries = 0; ; tries += 1) {
      try {
        const streams = dialect.stream === "only" || (!whole && dialect.stream !== "never");
        const asked = dialect.tools === "prompt" ? inPrompt(request) : request;
        const body = chatBody(asked, dialect, schemaModels.has(request.model), urls, streams, config.extraFields);
        const call = { signal, model: request.model };
        const stop = dialect.stop ? [] : (request.stop ?? []);
        if (!streams) {
          const chunks = chunksOf(await calls.post("/chat/completions", body, call));
          refuseError(chunks[0], context);
          memory.keep(request.model, dialect, said);
          return { isWhole: true, chunks, dialect, stop };
        }
        const reply = await begun(await calls.stream("/chat/completions", { ...body, stream: true }, call));
        refuseError(reply.first, context);
        memory.keep(request.model, dialect, said);
        return { isWhole: false, chunks: reply.all(), dialect, stop };
      } catch (error) {
        const failure = connectionFailure(error, context);
        if (failure.code !== "model-rejected" || signal.aborted || tries >= mostLessons) throw failure;
        firstRefusal ??= failure;
        const refusal = failure.options.said ?? failure.message;
        const told = dialect.tools === "prompt" ? inPrompt(request) : request;
        const adapted = adaptDialect(dialect, told, refusal, whole);
        if (adapted === null) throw firstRefusal;
        dialect = adapted.dialect;
        said[adapted.field] = quote(refusal, context);
      }
    }
  };

  /** What reads a reply in this dialect, and what its parts have to pass through. */
  const readerFor = (request: ChatRequest, context: FailureContext, dialect: Dialect, stop: readonly string[]) => {
    const offers = offersTools(request);
    const isPrompted = offers && dialect.tools === "prompt";
    const callsBefore = request.messages.reduce((sum, { toolCalls = [] }) => sum + toolCalls.length, 0);
    const prompted = isPrompted ? new PromptedReply(request.tools ?? [], callsBefore) : null;
    const { beginsThinking } = dialect;
    return {
      reader: new ReplyReader(context, { beginsThinking, stop, offersTools: !isPrompted && offers, callsBefore }),
      pass: (parts: Iterable<ChatPart>): Iterable<ChatPart> => (prompted === null ? parts : prompted.pass(parts)),
    };
  };

  async function* chat(request: ChatRequest, options: CallOptions): AsyncGenerator<ChatPart> {
    const context: FailureContext = { name, apiKey, secrets, model: request.model };
    const limitMs = options.whole === true ? timeoutMs * wholeReplyPatience : timeoutMs;
    const watchdog = new Watchdog(clock, limitMs, options.signal, silence(request.model, limitMs));
    let reader = new ReplyReader(context);
    try {
      watchdog.throwIfAborted();
      const urls = await readImages(request, options);
      watchdog.wait();
      const asked = { signal: watchdog.signal, whole: options.whole === true };
      const { chunks, isWhole, dialect, stop } = await openReply(request, urls, asked);
      const reading = readerFor(request, context, dialect, stop);
      reader = reading.reader;
      read: for await (const together of isWhole ? [chunks] : chunks) {
        for (const chunk of together) {
          const isSign = saysSomething(chunk);
          if (isSign) watchdog.heard();
          else watchdog.throwIfAborted();
          yield* reading.pass(reader.read(chunk));
          if (reader.isStopped) break read;
          if (isSign) watchdog.wait();
        }
      }
      watchdog.throwIfAborted();
      yield* reading.pass(reader.end(isWhole));
      if (reader.opensThinkingInPrompt) {
        memory.keep(request.model, { ...dialect, beginsThinking: true }, { beginsThinking: "</think>" });
      }
    } catch (error) {
      const failure = watchdog.signal.aborted
        ? (watchdog.signal.reason as NodeFailure)
        : connectionFailure(error, context);
      throw afterCharacters(failure, reader.characters);
    } finally {
      watchdog.close();
    }
  }

  async function complete(request: ChatRequest, options: CallOptions): Promise<Completion> {
    const context: FailureContext = { name, apiKey, secrets, model: request.model };
    const limitMs = timeoutMs * wholeReplyPatience;
    const watchdog = new Watchdog(clock, limitMs, options.signal, silence(request.model, limitMs));
    let reader = new ReplyReader(context);
    const parts: ChatPart[] = [];
    try {
      watchdog.throwIfAborted();
      const urls = showsImages(request) ? await readImages(request, options) : noImages;
      watchdog.wait();
      const reply = await openReply(request, urls, { signal: watchdog.signal, whole: true });
      const { isWhole, dialect, stop } = reply;
      const reading = readerFor(request, context, dialect, stop);
      reader = reading.reader;
      const take = (chunk: unknown): boolean => {
        watchdog.throwIfAborted();
        if (saysSomething(chunk)) watchdog.wait();
        for (const part of reading.pass(reader.read(chunk))) parts.push(part);
        return reader.isStopped;
      };
      if (reply.isWhole) reply.chunks.some(take);
      // A server that streams whatever it is asked for.
      else for await (const together of reply.chunks) if (together.some(take)) break;
      watchdog.throwIfAborted();
      for (const part of reading.pass(reader.end(isWhole))) parts.push(part);
      if (reader.opensThinkingInPrompt) {
        memory.keep(request.model, { ...dialect, beginsThinking: true }, { beginsThinking: "</think>" });
      }
      return { parts };
    } catch (error) {
      const failure = afterCharacters(
        watchdog.signal.aborted ? (watchdog.signal.reason as NodeFailure) : connectionFailure(error, context),
        reader.characters,
      );
      if (parts.every(({ type }) => type === "thinking-delta")) throw failure;
      return { parts, failure };
    } finally {
      watchdog.close();
    }
  }

  const contextOf = ({ model }: { readonly model: string }): FailureContext => ({ name, apiKey, secrets, model });

  /** One call with one answer, at a path below the base URL or a full address. */
  const post = (path: string, body: object, { model }: { readonly model: string }, { signal }: CallOptions) =>
    ask((limited) => calls.post(path, body, { signal: limited, model }), signal, model);

  const modelsPage = (options: CallOptions, search: string) =>
    ask(
      async (signal) => readModels(await calls.get(`/models${search}`, { signal }), { name, apiKey, secrets }),
      options.signal,
    );
  const describeModels = (options: CallOptions) => allModels((next) => modelsPage(options, withQuery(query, next)));

  return {
    id,
    // A server that says the key again must not put it into traces and answers.
    chat: apiKey === null ? chat : (request, options) => hideKey(keyMask, chat(request, options)),
    complete:
      apiKey === null ? complete : async (request, options) => hideKeyIn(keyMask, await complete(request, options)),
    embed: (request, options) =>
      embedInBatches(request, learnt.embedding, contextOf(request), (input) =>
        post("/embeddings", { model: request.model, input, encoding_format: "float" }, request, options),
      ),
    moderate: (request, options) =>
      moderateInBatches(request, learnt.moderation, contextOf(request), (input) =>
        post("/moderations", { model: request.model, input }, request, options),
      ),
    transcribe: async (request, options) => {
      const bytes = await readRequestFile(request.audio, options, maxAudioBytes);
      return transcribeFile(request, bytes, learnt.plainTranscribers, contextOf(request), (form) =>
        post("/audio/transcriptions", form, request, options),
      );
    },
    rerank: (request, options) =>
      rerankInBatches(request, learnt.rerank, contextOf(request), (body, atRoot) =>
        post(atRoot ? `${root}/rerank` : "/rerank", body, request, options),
      ),
    draw: async (request, options) => {
      const context = contextOf(request);
      const read = (file: FileReference) => readRequestFile(file, options, imageLimits.bytesEach);
      const asked = {
        ...(request.image === undefined ? {} : { image: await read(request.image) }),
        ...(request.mask === undefined ? {} : { mask: await read(request.mask) }),
      };
      const reply = await drawPictures(request, asked, learnt.pictures, context, {
        post: (path, body) =>
          ask(
            (signal) => calls.post(path, body, { signal, model: request.model, mostBytes: answerBytes.pictures }),
            options.signal,
            request.model,
            timeoutMs * wholeReplyPatience,
          ),
        fetch: (url) =>
          ask(
            (signal) =>
              fetchPicture(url, { base: address, context, signal, own: calls, elsewhere: effects.fetchPublic ?? null }),
            options.signal,
            request.model,
          ),
      });
      return apiKey === null ? reply : hideKeyInDrawn(keyMask, reply);
    },
    speak: (request, options) =>
      speakText(request, contextOf(request), (body) =>
        ask(
          (signal) => calls.bytes("/audio/speech", body, { signal, model: request.model, mostBytes: maxAudioBytes }),
          options.signal,
          request.model,
          timeoutMs * wholeReplyPatience,
        ),
      ),
    describeModels,
    models: async (options) => (await describeModels(options)).models.map((model) => model.name),
    probe: async ({ signal }) => {
      if (signal.aborted) throw abortFailure(signal);
      try {
        await modelsPage({ signal }, "");
      } catch (error) {
        // Too busy to list its models is still alive.
        if (error instanceof NodeFailure && error.code === "model-rate-limited") return;
        throw error;
      }
    },
  };
};

const noImages: ReadonlyMap<string, string> = new Map();

const showsImages = ({ messages }: ChatRequest): boolean => messages.some(({ images }) => images !== undefined);

const refuseError = (first: unknown, context: FailureContext): void => {
  const { error } = readChunk(first);
  if (error !== undefined) throw streamedFailure(error, context);
};

/** A reply whose first chunk is here. */
const begun = async (reply: AsyncIterable<readonly unknown[]>) => {
  const lists = reply[Symbol.asyncIterator]();
  const first = await lists.next();
  return {
    first: first.done === true ? undefined : first.value[0],
    async *all(): AsyncGenerator<readonly unknown[]> {
      try {
        for (let next = first; next.done !== true; next = await lists.next()) yield next.value;
      } finally {
        await lists.return?.();
      }
    },
  };
};

/** A completion in one piece, or the pieces that a server sent although it was asked for one. */
const chunksOf = (reply: unknown): readonly unknown[] => (Array.isArray(reply) ? reply : [reply]);

/** Half a reply is worth saying so: the reader has seen it, and no other model may take over. */
const afterCharacters = (failure: NodeFailure, characters: number): NodeFailure =>
  characters === 0 || failure.code === "aborted" || failure.code === "node-timeout"
    ? failure
    : new NodeFailure(failure.code, `${failure.message} This came after ${characters} characters of the reply.`, {
        ...failure.options,
      });
