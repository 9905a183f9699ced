import { conversationLimits } from "@/runtime/node/conversation";
import { isFileKind } from "@/runtime/node/define-node";
import { type DescribedPorts, inputsSchema, outputsSchema, type PortSchema } from "./port-schema";

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: PortSchema) => ({ "application/json": { schema } });
const answer = (description: string, schema: PortSchema) => ({ description, content: json(schema) });
const refused = {
  description: "Refused, or the run failed: `error.code` says why.",
  content: json(reference("Failure")),
};

/** `complaint-triage` -> `ComplaintTriage` */
export const typeNameOf = (slug: string): string =>
  slug
    .split("-")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");

const usage: PortSchema = {
  type: "object",
  required: ["inputTokens", "outputTokens"],
  properties: {
    inputTokens: { type: ["integer", "null"], minimum: 0 },
    outputTokens: { type: ["integer", "null"], minimum: 0 },
  },
};

const givenId: PortSchema = { type: "string", minLength: 1, maxLength: conversationLimits.name };

/** What a request says of its conversation. */
const talkProperties: Readonly<Record<string, PortSchema>> = {
  conversation_id: {
    ...givenId,
    description: "Goes on with a conversation; left out: begins one, whose id the answer tells.",
  },
  user: { ...givenId, description: "The caller's id of the person behind the call." },
};

const turnProperties: Readonly<Record<string, PortSchema>> = {
  conversation_id: { type: "string" },
  turn: { type: "integer", minimum: 1 },
};

const shared: Readonly<Record<string, PortSchema>> = {
  Failure: {
    type: "object",
    required: ["error"],
    properties: {
      error: {
        type: "object",
        required: ["code", "message"],
        properties: {
          code: { type: "string" },
          message: { type: "string" },
          hint: { type: "string" },
          runId: { type: "string" },
          fields: { type: "object", additionalProperties: { type: "string" } },
        },
      },
    },
  },
  Accepted: {
    type: "object",
    required: ["runId", "status", "statusUrl"],
    properties: {
      runId: { type: "string" },
      status: { type: "string", enum: ["queued", "paused"] },
      statusUrl: { type: "string", format: "uri" },
      eventsUrl: { type: "string", format: "uri" },
      cancelUrl: { type: "string", format: "uri" },
      reviewsUrl: { type: "string", format: "uri" },
      inboxUrl: { type: "string", format: "uri" },
      ...turnProperties,
    },
  },
};

const runSchemas = ({ slug, inputFields, outputs, keepsConversations }: DescribedPorts): Record<string, PortSchema> => {
  const name = typeNameOf(slug);
  const taken = {
    finishReason: { type: "string", enum: ["stop", "length", "content_filter", "empty", "unknown"] },
    usage,
    costUsd: { type: ["number", "null"], minimum: 0 },
    durationMs: { type: "integer", minimum: 0 },
    ...(keepsConversations && turnProperties),
  };
  return {
    [`${name}Inputs`]: inputsSchema(inputFields),
    [`${name}Outputs`]: outputsSchema(outputs),
    [`${name}Request`]: {
      type: "object",
      properties: {
        inputs: reference(`${name}Inputs`),
        stream: { type: "boolean", description: "Answers with the run's events as they come." },
        background: { type: "boolean", description: "Answers 202 as soon as the run is accepted." },
        ...(keepsConversations && talkProperties),
      },
      additionalProperties: false,
    },
    [`${name}Answer`]: {
      type: "object",
      required: ["runId", "status", "outputs", "usage", "costUsd", "durationMs"],
      properties: {
        runId: { type: "string" },
        status: { type: "string", enum: ["success", "empty"] },
        outputs: reference(`${name}Outputs`),
        ...taken,
      },
    },
    [`${name}Run`]: {
      type: "object",
      required: ["runId", "status"],
      properties: {
        runId: { type: "string" },
        status: { type: "string", enum: ["queued", "running", "paused", "success", "empty", "failure", "aborted"] },
        outputs: reference(`${name}Outputs`),
        error: { type: "object" },
        ...taken,
      },
    },
  };
};

const runId = { name: "runId", in: "path", required: true, schema: { type: "string", pattern: "^[\\w-]{1,64}$" } };
const idempotencyKey = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description: "The same key with the same body is the same run, for 24 hours.",
  schema: { type: "string", minLength: 1, maxLength: 255 },
};
const lastEventId = { name: "Last-Event-ID", in: "header", required: false, schema: { type: "string" } };
const eventStream = { "text/event-stream": { schema: { type: "string" } } };

const pathsOf = (ports: DescribedPorts): Record<string, unknown> => {
  const { slug, name, inputFields, keepsConversations } = ports;
  const type = typeNameOf(slug);
  const base = `/api/v1/pipelines/${slug}/runs`;
  const files = inputFields.filter(({ kind }) => isFileKind(kind));
  const form = {
    "multipart/form-data": {
      schema: {
        type: "object",
        properties: {
          inputs: { type: "string", contentMediaType: "application/json" },
          stream: { type: "string", enum: ["true", "false"] },
          background: { type: "string", enum: ["true", "false"] },
          ...(keepsConversations && talkProperties),
          ...Object.fromEntries(files.map((field) => [field.name, { type: "string", format: "binary" }])),
        },
      },
    },
  };
  const tags = [slug];
  const status = answer("How the run stands.", reference(`${type}Run`));
  return {
    [base]: {
      post: {
        operationId: `run${type}`,
        summary: `Runs ${name}`,
        tags,
        parameters: [idempotencyKey],
        requestBody: {
          required: true,
          content: { ...json(reference(`${type}Request`)), ...(files.length > 0 && form) },
        },
        responses: {
          "200": {
            description: "The answer, or the run's events where a stream was asked for.",
            content: { ...json(reference(`${type}Answer`)), ...eventStream },
          },
          "202": answer("Accepted in the background, or waiting for a person.", reference("Accepted")),
          default: refused,
        },
      },
    },
    [`${base}/{runId}`]: {
      get: {
        operationId: `read${type}Run`,
        summary: "Says how a run stands, and what it answered",
        tags,
        parameters: [runId],
        responses: { "200": status, default: refused },
      },
    },
    [`${base}/{runId}/cancel`]: {
      post: {
        operationId: `cancel${type}Run`,
        summary: "Ends a run",
        description: "Says how it stands then. A key that may not read runs is told its `runId` and `status` alone.",
        tags,
        parameters: [runId],
        responses: { "200": status, default: refused },
      },
    },
    [`${base}/{runId}/retry`]: {
      post: {
        operationId: `retry${type}Run`,
        summary: "Runs again what failed in a run that has ended, as a new run",
        tags,
        parameters: [runId],
        responses: {
          "200": answer("The answer of the new run.", reference(`${type}Answer`)),
          "202": answer("The new run waits for a person.", reference("Accepted")),
          default: refused,
        },
      },
    },
    [`${base}/{runId}/events`]: {
      get: {
        operationId: `follow${type}Run`,
        summary: "The events of a run, after the last that was seen",
        tags,
        parameters: [runId, lastEventId],
        responses: { "200": { description: "Server-sent events.", content: eventStream }, default: refused },
      },
    },
  };
};

/** The OpenAPI 3.1 description of published pipelines, as they answer now. `baseUrl` is where the app is reached. */
export const openApiDocument = (pipelines: readonly DescribedPorts[], baseUrl: string) => {
  const [first, ...others] = pipelines;
  const isOne = first !== undefined && others.length === 0;
  return {
    openapi: "3.1.0",
    info: {
      title: isOne ? first.name : "Published pipelines",
      version: isOne ? String(first.version) : "1",
    },
    servers: [{ url: baseUrl }],
    security: [{ apiKey: [] }],
    paths: Object.assign({}, ...pipelines.map(pathsOf)) as Record<string, unknown>,
    components: {
      securitySchemes: { apiKey: { type: "http", scheme: "bearer" } },
      schemas: Object.assign({}, shared, ...pipelines.map(runSchemas)) as Record<string, PortSchema>,
    },
  };
};
