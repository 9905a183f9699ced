import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type EndpointError, methodNotAllowed, notFound } from "./errors";
import { refusal } from "./guard";
import { readJson } from "./read-json";
import { sendError, sendJson } from "./reply";
import { chatCompletions, streamError } from "./routes/chat-completions";
import { embeddings } from "./routes/embeddings";
import { fetchModel } from "./routes/fetch";
import { health } from "./routes/health";
import { listModels } from "./routes/models";
import { moderations } from "./routes/moderations";
import { rerank } from "./routes/rerank";
import { transcriptions } from "./routes/transcriptions";
import type { Services } from "./services";

type Write = (
  request: IncomingMessage,
  response: ServerResponse,
  services: Services,
  signal: AbortSignal,
) => Promise<void>;
type WriteJson = (body: unknown, response: ServerResponse, services: Services, signal: AbortSignal) => Promise<void>;

const reads: Readonly<Record<string, (services: Services) => object>> = { "/health": health, "/v1/models": listModels };
/** Pictures travel inside the JSON of a chat. */
const MAX_CHAT_BYTES = 40 << 20;
const MAX_TEXTS_BYTES = 8 << 20;
const MAX_NAME_BYTES = 4 << 10;
const writes: Readonly<Record<string, Write>> = {
  "/v1/chat/completions": json(chatCompletions, MAX_CHAT_BYTES),
  "/v1/embeddings": json(embeddings, MAX_TEXTS_BYTES),
  "/v1/moderations": json(moderations, MAX_TEXTS_BYTES),
  "/v1/rerank": json(rerank, MAX_TEXTS_BYTES),
  "/v1/audio/transcriptions": transcriptions,
  "/models/fetch": json(fetchModel, MAX_NAME_BYTES),
};

/** For the request to arrive, recordings of 100 MB included; the answer may take longer. */
const REQUEST_TIMEOUT_MS = 120_000;

/** Not yet listening. The one place where a thrown error is caught. */
export function createEndpoint(services: Services): Server {
  const server = createServer(async (request, response) => {
    const client = new AbortController();
    response.on("close", () => client.abort(new Error("the client left")));
    try {
      await handle(request, response, services, client.signal);
    } catch (error) {
      if (client.signal.aborted) return;
      services.log(
        `${request.method} ${request.url}: ${error instanceof Error ? (error.stack ?? error.message) : error}`,
      );
      const failure = internal(error);
      if (response.headersSent) streamError(response, failure);
      else sendError(response, failure);
    }
  });
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  return server;
}

async function handle(request: IncomingMessage, response: ServerResponse, services: Services, signal: AbortSignal) {
  const refused = refusal(request.headers, services.options);
  if (refused) return sendError(response, refused);
  const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
  const read = Object.hasOwn(reads, path) ? reads[path] : undefined;
  const write = Object.hasOwn(writes, path) ? writes[path] : undefined;
  if (read && (request.method === "GET" || request.method === "HEAD")) return sendJson(response, 200, read(services));
  if (write && request.method === "POST") return write(request, response, services, signal);
  return sendError(
    response,
    read || write ? methodNotAllowed(request.method ?? "", path) : notFound(`There is nothing at ${path}.`),
  );
}

function json(write: WriteJson, mostBytes: number): Write {
  return async (request, response, services, signal) => {
    const body = await readJson(request, mostBytes);
    return body.ok ? write(body.value, response, services, signal) : sendError(response, body.error);
  };
}

const internal = (error: unknown): EndpointError => ({
  status: 500,
  type: "server_error",
  code: "internal_error",
  message: `The endpoint failed: ${error instanceof Error ? error.message : String(error)}`,
  param: null,
});
