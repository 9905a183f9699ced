import { z } from "zod";
import type { DialectField } from "@/runtime/model/openai-dialect";
import { type ExtraFields, extraFields } from "@/runtime/node/extra-fields";
import type { ModelUse } from "@/runtime/node/model-use";
import type { RunErrorData } from "@/runtime/run/errors";
import { identifier } from "@/server/platform/guard/identifier";
import { lineOfText } from "@/server/platform/guard/storable";
import { certificateInput, headersInput, type KeyHeader, keyHeaders, proxyInput } from "./connection.types";

/** Bounds of what one workspace may register; each has a test beyond it. */
export const endpointLimits = {
  endpoints: 50,
  replicas: 16,
  models: 5_000,
  discoveredModels: 5_000,
  nameCharacters: 80,
  modelNameCharacters: 200,
  urlCharacters: 500,
  apiKeyCharacters: 2000,
  replyCharacters: 400,
  historyEntries: 50,
  troubles: 20,
} as const;

/** Slugs that mean something else in a model reference, or belong to the endpoint that ships with the app. */
export const reservedSlugs = ["default", "local"] as const;

const endpointSlug = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/,
    "Use 1 to 40 lower-case letters, digits and hyphens, with a letter or digit at both ends.",
  );

/** A model's own name at its endpoint; it may hold slashes (`Qwen/Qwen3-8B`) and colons (`llama3.2:1b`). */
const modelName = lineOfText(endpointLimits.modelNameCharacters);

/** `<endpoint slug>/<model name>`. */
export const modelReference = z
  .string()
  .max(41 + endpointLimits.modelNameCharacters)
  .regex(/^[a-z0-9-]{1,40}\/[^\p{Cc}]+$/u, "Write a model as <endpoint>/<model>.");

/** Where the OpenAI-compatible API begins, usually ending in /v1. Checked further by the egress policy. */
const baseUrl = lineOfText(endpointLimits.urlCharacters);

/** Visible ASCII: it travels in an HTTP header. */
const apiKey = z
  .string()
  .trim()
  .min(1)
  .max(endpointLimits.apiKeyCharacters)
  .regex(/^[\x21-\x7e]+$/, "An API key holds only visible ASCII characters.");

/** US dollars per million tokens; null is unknown, 0 is free. Kept to the millionth of a dollar. */
const usdPerMillion = z.number().min(0).max(100_000).nullable();

const endpointModelInput = z.strictObject({
  name: modelName,
  chat: z.boolean().default(true),
  embedding: z.boolean().default(false),
  /** The endpoint enforces a JSON schema by itself. */
  jsonSchema: z.boolean().default(false),
  /** A chat model that sees pictures. */
  vision: z.boolean().default(false),
  moderation: z.boolean().default(false),
  transcription: z.boolean().default(false),
  rerank: z.boolean().default(false),
  /** Makes pictures. */
  picture: z.boolean().default(false),
  /** Says texts aloud. */
  speech: z.boolean().default(false),
  /** Calls of it under way at once, within the endpoint's; null: as many as the endpoint's. */
  maxConcurrency: z.int().min(1).max(1000).nullable().default(null),
  contextTokens: z.int().min(1).max(100_000_000).nullable().default(null),
  inputUsdPerM: usdPerMillion.default(null),
  outputUsdPerM: usdPerMillion.default(null),
  /** Of input tokens that the server had in its cache; null: they cost as much as the others. */
  cachedInputUsdPerM: usdPerMillion.default(null),
});
export type EndpointModelInput = z.output<typeof endpointModelInput>;

const replicaInput = z.strictObject({
  baseUrl,
  /** Share of the calls under the weighted strategy. */
  weight: z.int().min(1).max(100).default(1),
});

const fields = {
  name: lineOfText(endpointLimits.nameCharacters),
  slug: endpointSlug,
  replicas: z.array(replicaInput).min(1).max(endpointLimits.replicas),
  /** Calls under way at once, over all replicas and all runs. */
  maxConcurrency: z.int().min(1).max(1000),
  /** Longest wait for the first token, and for each next one. */
  timeoutMs: z.int().min(1000).max(600_000),
  models: z.array(endpointModelInput).max(endpointLimits.models),
  keyHeader: z.enum(keyHeaders),
  headers: headersInput,
  extraFields,
};

export const createEndpointInput = z.strictObject({
  ...fields,
  apiKey: apiKey.nullish(),
  /** Left out: by the host, `api-key` for Azure's. */
  keyHeader: fields.keyHeader.optional(),
  headers: fields.headers.default([]),
  extraFields: fields.extraFields.default({}),
  caCertificate: certificateInput.nullish(),
  proxy: proxyInput.nullish(),
  maxConcurrency: fields.maxConcurrency.default(8),
  timeoutMs: fields.timeoutMs.default(120_000),
  models: fields.models.default([]),
});
export type CreateEndpointInput = z.output<typeof createEndpointInput>;

/**
 * Fields left out stay as they are; lists given replace the old ones.
 * Of the embedded endpoint only `enabled`, `maxConcurrency` and `timeoutMs` can change.
 * A replica at an origin the endpoint did not have before needs `apiKey` (or null) with it: a stored key is never sent to a new place.
 */
export const updateEndpointInput = z.strictObject({
  id: identifier,
  name: fields.name.optional(),
  slug: fields.slug.optional(),
  enabled: z.boolean().optional(),
  replicas: fields.replicas.optional(),
  /** A string sets it, null removes it, absent keeps it. */
  apiKey: apiKey.nullish(),
  keyHeader: fields.keyHeader.optional(),
  headers: fields.headers.optional(),
  extraFields: fields.extraFields.optional(),
  /** As `apiKey`. */
  caCertificate: certificateInput.nullish(),
  /** As `apiKey`. */
  proxy: proxyInput.nullish(),
  maxConcurrency: fields.maxConcurrency.optional(),
  timeoutMs: fields.timeoutMs.optional(),
  models: fields.models.optional(),
});
export type UpdateEndpointInput = z.output<typeof updateEndpointInput>;

export const removeEndpointInput = z.strictObject({ id: identifier });

export const discoverModelsInput = z.strictObject({
  baseUrl,
  apiKey: apiKey.nullish(),
  /** Left out, each of these is the stored one of `endpointId`, or none. */
  keyHeader: fields.keyHeader.optional(),
  headers: fields.headers.optional(),
  caCertificate: certificateInput.nullish(),
  proxy: proxyInput.nullish(),
  /** Use this endpoint's stored key, if `baseUrl` has the origin of one of its replicas. */
  endpointId: identifier.optional(),
});

export type DiscoverModelsInput = z.output<typeof discoverModelsInput>;

export const testEndpointInput = z.strictObject({
  id: identifier,
  /** One of the endpoint's models; its first chat model that sees no pictures, else its first, where left out. */
  model: modelName.optional(),
});

export const forgetLearningInput = z.strictObject({ id: identifier, model: modelName });

/** A model of the shipped endpoint, by its name there. */
export const fetchModelInput = z.strictObject({ name: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,99}$/) });

export const probeEndpointInput = z.strictObject({ id: identifier });

/** What the screens see of a failed call: a code to translate, an English sentence, what to do. Never a secret. */
export type EndpointError = Pick<RunErrorData, "code" | "message" | "hint">;

export interface ReplicaHealthView {
  readonly state: "up" | "down" | "unknown";
  readonly latencyMs: number | null;
  readonly checkedAt: Date | null;
  readonly error: EndpointError | null;
  /** Oldest first, at most `endpointLimits.historyEntries`. */
  readonly history: readonly { readonly at: Date; readonly ok: boolean; readonly latencyMs: number | null }[];
}

export interface EndpointReplicaView {
  readonly id: string;
  /** null for the embedded endpoint while it is not running: its address is known only at start. */
  readonly baseUrl: string | null;
  readonly weight: number;
  /** Calls under way in this process. */
  readonly inFlight: number;
  readonly health: ReplicaHealthView;
}

/** A model whose last call failed in this process. */
export interface ModelTroubleView {
  readonly model: string;
  readonly error: EndpointError;
  readonly at: Date;
  /** It is left alone until then; null where it may be called. */
  readonly restsUntil: Date | null;
}

export interface ModelLearningView {
  readonly model: string;
  /** One for each thing that is not the common form. `said`: the refusal that taught it, or empty. */
  readonly learnt: readonly { readonly field: DialectField; readonly value: string; readonly said: string }[];
  readonly updatedAt: Date;
}

export interface EndpointView {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly embedded: boolean;
  readonly enabled: boolean;
  readonly hasApiKey: boolean;
  readonly keyHeader: KeyHeader;
  /** Names alone: values are never read back. */
  readonly headers: readonly string[];
  readonly caCertificate: string | null;
  /** Without the password in it. */
  readonly proxy: string | null;
  /** Added to each chat request. */
  readonly extraFields: ExtraFields;
  readonly maxConcurrency: number;
  readonly timeoutMs: number;
  /** Calls that wait for a free place in this process. */
  readonly queued: number;
  readonly replicas: readonly EndpointReplicaView[];
  readonly models: readonly EndpointModelInput[];
  /** How models want to be asked, learnt from what their servers refused; those without are left out. */
  readonly learnings: readonly ModelLearningView[];
  /** The newest first, at most `endpointLimits.troubles`. */
  readonly troubles: readonly ModelTroubleView[];
  readonly updatedAt: Date;
}

export interface DiscoveredModels {
  readonly models: readonly EndpointModelInput[];
  /** So many the server has beside them whose names are longer than `endpointLimits.modelNameCharacters`. */
  readonly tooLong: number;
  readonly latencyMs: number;
  /** The base URL that answered: what was typed, or that with /v1 appended. */
  readonly baseUrl: string;
}
/** Discovery that failed is an answer, not an exception: the form shows it beside the address. */
export type DiscoverModelsOutput =
  | ({ readonly ok: true } & DiscoveredModels)
  | { readonly ok: false; readonly error: EndpointError };

export interface TestEndpointOutput {
  readonly ok: boolean;
  readonly model: string | null;
  readonly latencyMs: number | null;
  /** null for models that do not chat. */
  readonly firstTokenMs: number | null;
  /** First characters of the reply; for others what came of it, as figures: the length of the vector, scores, seconds. */
  readonly reply: string | null;
  readonly error: EndpointError | null;
}

export interface ModelOption extends Readonly<Record<ModelUse, boolean>> {
  /** `<endpoint slug>/<model name>`: what a node's model field holds. */
  readonly ref: string;
  readonly name: string;
  readonly endpoint: { readonly id: string; readonly slug: string; readonly name: string; readonly embedded: boolean };
  readonly jsonSchema: boolean;
  readonly contextTokens: number | null;
  /** The endpoint is enabled and not known to be down. */
  readonly available: boolean;
  readonly price: { readonly inputUsdPerM: number | null; readonly outputUsdPerM: number | null };
}
/** By use, the reference that `default` stands for; null where there is none. */
export type DefaultModels = Readonly<Record<ModelUse, string | null>>;

export interface ModelOptions {
  readonly models: readonly ModelOption[];
  /** What `default` stands for: the workspace's choice, else the embedded models; null where there is none. */
  readonly defaults: DefaultModels;
  /** What `default` stands for in a knowledge base. */
  readonly knowledgeDefault: string | null;
}
