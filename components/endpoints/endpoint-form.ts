import type { RouterInputs, RouterOutputs } from "@/components/trpc/client";
import { byUse, type ModelUse } from "@/runtime/node/model-use";

type EndpointView = RouterOutputs["endpoint"]["list"][number];
type ModelView = EndpointView["models"][number];
type CreateInput = RouterInputs["endpoint"]["create"];
type UpdateInput = RouterInputs["endpoint"]["update"];

/** A model as it stands in the form: figures are texts while they are typed, empty is unknown. */
export interface ModelFields extends Readonly<Record<ModelUse, boolean>> {
  readonly name: string;
  readonly jsonSchema: boolean;
  readonly maxConcurrency: string;
  readonly contextTokens: string;
  readonly inputUsdPerM: string;
  readonly outputUsdPerM: string;
  readonly cachedInputUsdPerM: string;
}

export interface EndpointFields {
  readonly name: string;
  readonly slug: string;
  readonly replicas: readonly { readonly baseUrl: string; readonly weight: string }[];
  readonly apiKey: string;
  /** The stored key is to be taken away. A typed key wins over it. */
  readonly removeKey: boolean;
  /** Empty: by the host. */
  readonly keyHeader: "" | EndpointView["keyHeader"];
  /** A stored header's value is empty until another is typed. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly caCertificate: string;
  readonly proxy: string;
  /** JSON; empty is none. */
  readonly extraFields: string;
  readonly maxConcurrency: string;
  readonly timeoutSeconds: string;
  readonly models: readonly ModelFields[];
}

const figure = (value: number | null | undefined): string =>
  value === null || value === undefined ? "" : String(value);
const optionalNumber = (text: string): number | null => (text.trim() === "" ? null : Number(text));

export const modelFields = (model: ModelView): ModelFields => ({
  name: model.name,
  ...byUse((use) => model[use]),
  jsonSchema: model.jsonSchema,
  maxConcurrency: figure(model.maxConcurrency),
  contextTokens: figure(model.contextTokens),
  inputUsdPerM: figure(model.inputUsdPerM),
  outputUsdPerM: figure(model.outputUsdPerM),
  cachedInputUsdPerM: figure(model.cachedInputUsdPerM),
});

export const emptyModel = (name: string): ModelFields => ({
  name,
  ...byUse((use) => use === "chat"),
  jsonSchema: false,
  maxConcurrency: "",
  contextTokens: "",
  inputUsdPerM: "",
  outputUsdPerM: "",
  cachedInputUsdPerM: "",
});

export const newEndpointFields: EndpointFields = {
  name: "",
  slug: "",
  replicas: [{ baseUrl: "", weight: "1" }],
  apiKey: "",
  removeKey: false,
  keyHeader: "",
  headers: [],
  caCertificate: "",
  proxy: "",
  extraFields: "",
  maxConcurrency: "8",
  timeoutSeconds: "120",
  models: [],
};

export const endpointFields = (endpoint: EndpointView): EndpointFields => ({
  name: endpoint.name,
  slug: endpoint.slug,
  replicas: endpoint.replicas.map(({ baseUrl, weight }) => ({ baseUrl: baseUrl ?? "", weight: String(weight) })),
  apiKey: "",
  removeKey: false,
  keyHeader: endpoint.keyHeader,
  headers: endpoint.headers.map((name) => ({ name, value: "" })),
  caCertificate: endpoint.caCertificate ?? "",
  proxy: endpoint.proxy ?? "",
  extraFields: Object.keys(endpoint.extraFields).length === 0 ? "" : JSON.stringify(endpoint.extraFields, null, 2),
  maxConcurrency: String(endpoint.maxConcurrency),
  timeoutSeconds: String(endpoint.timeoutMs / 1000),
  models: endpoint.models.map(modelFields),
});

/** A JSON object as it is typed; empty is one without fields, null what is none. */
export const readObject = (text: string): Record<string, unknown> | null => {
  if (text.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
};

const shared = (fields: EndpointFields) => ({
  name: fields.name.trim(),
  slug: fields.slug.trim(),
  replicas: fields.replicas.map(({ baseUrl, weight }) => ({ baseUrl: baseUrl.trim(), weight: Number(weight) || 1 })),
  maxConcurrency: Number(fields.maxConcurrency),
  timeoutMs: Math.round(Number(fields.timeoutSeconds) * 1000),
  extraFields: readObject(fields.extraFields) ?? {},
  models: fields.models.map(
    ({ maxConcurrency, contextTokens, inputUsdPerM, outputUsdPerM, cachedInputUsdPerM, ...model }) => ({
      ...model,
      name: model.name.trim(),
      maxConcurrency: optionalNumber(maxConcurrency),
      contextTokens: optionalNumber(contextTokens),
      inputUsdPerM: optionalNumber(inputUsdPerM),
      outputUsdPerM: optionalNumber(outputUsdPerM),
      cachedInputUsdPerM: optionalNumber(cachedInputUsdPerM),
    }),
  ),
});

type Connection = Pick<EndpointFields, "keyHeader" | "headers" | "caCertificate" | "proxy">;

/** Of the connection what was typed; what stands there unchanged is left out, and stays as it is. */
export const connectionInput = (fields: Connection, stored: Pick<EndpointView, "caCertificate" | "proxy"> | null) => {
  const [certificate, proxy] = [fields.caCertificate.trim(), fields.proxy.trim()];
  return {
    ...(fields.keyHeader === "" ? {} : { keyHeader: fields.keyHeader }),
    headers: fields.headers
      .filter(({ name }) => name.trim() !== "")
      .map(({ name, value }) => ({ name: name.trim(), value: value.trim() === "" ? null : value.trim() })),
    ...(certificate === (stored?.caCertificate ?? "")
      ? {}
      : { caCertificate: certificate === "" ? null : certificate }),
    ...(proxy === (stored?.proxy ?? "") ? {} : { proxy: proxy === "" ? null : proxy }),
  };
};

export const createInput = (fields: EndpointFields): CreateInput => {
  const apiKey = fields.apiKey.trim();
  return { ...shared(fields), ...connectionInput(fields, null), ...(apiKey === "" ? {} : { apiKey }) };
};

/** The key is named only where it is to change: absent keeps it, null removes it. */
export const updateInput = (
  id: string,
  fields: EndpointFields,
  stored: Pick<EndpointView, "caCertificate" | "proxy">,
): UpdateInput => {
  const apiKey = fields.apiKey.trim();
  return {
    id,
    ...shared(fields),
    ...connectionInput(fields, stored),
    ...(apiKey !== "" ? { apiKey } : fields.removeKey ? { apiKey: null } : {}),
  };
};

/** Of the endpoint that ships with the app, what may change. */
export const embeddedUpdateInput = (id: string, fields: EndpointFields): UpdateInput => {
  const { maxConcurrency, timeoutMs } = shared(fields);
  return { id, maxConcurrency, timeoutMs };
};

/** A slug that the server takes, made of a name: letters and digits of the Latin alphabet, hyphens between. */
export const slugOf = (name: string): string =>
  name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|(?<!-)-+$/g, "")
    .slice(0, 40)
    .replace(/(?<!-)-+$/, "");

export const slugPattern = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

const originOf = (url: string): string | null => (URL.canParse(url.trim()) ? new URL(url.trim()).origin : null);

/** Whether a stored key would travel to a place it was not given for; it then has to be typed again. */
export const goesToNewPlace = (
  fields: Pick<EndpointFields, "replicas">,
  stored: readonly (string | null)[],
): boolean => {
  const known = new Set(stored.map((url) => originOf(url ?? "")));
  return fields.replicas.some(({ baseUrl }) => !known.has(originOf(baseUrl)));
};

/** `http` or `https` with a host; everything else about an address is the server's to judge. */
export const isWebAddress = (url: string): boolean =>
  URL.canParse(url.trim()) && ["http:", "https:"].includes(new URL(url.trim()).protocol);
