import { z } from "zod";
import type { Catalog } from "@/runtime/node/catalog";
import { fieldMeta } from "@/runtime/node/field";
import { type GraphDocument, type GraphNode, graphLimits } from "./document";
import { parseDocument } from "./parse-document";
import { withoutPins } from "./pins";
import { fail, ok, type Result } from "./result";

/** What a file of a pipeline does not carry, because it belongs to a workspace, is secret, or is data. */
export interface LeftBehind {
  /** Id of the step, with the containers around it: `map-1/ask-1`. */
  readonly step: string;
  readonly field: string;
  /** `choose`: something of the workspace, to be chosen again. `secret`: a value that looks like a key. `data`: a file. */
  readonly kind: "choose" | "secret" | "data";
}

/** A pipeline as a file: in an order that does not depend on how it was drawn, so that two versions differ in the lines that differ. */
export interface PortablePipeline {
  readonly format: "pipewright/pipeline";
  readonly version: 1;
  readonly name: string;
  readonly leftBehind: readonly LeftBehind[];
  readonly pipeline: PortableGraph;
}

interface PortableGraph {
  readonly timeLimitSeconds?: number;
  readonly steps: Readonly<Record<string, PortableStep>>;
  readonly wires: readonly PortableWire[];
}
interface PortableStep extends Omit<GraphNode, "id" | "body" | "disabled"> {
  readonly disabled?: true;
  readonly at?: readonly [number, number];
  readonly variants?: unknown;
  readonly body?: PortableGraph;
}
interface PortableWire {
  readonly from: readonly [string, string];
  readonly to: readonly [string, string];
}

/** Settings with these controls name something of the workspace. */
const chosen: ReadonlySet<string> = new Set([
  "credential",
  "knowledge-base",
  "tuned-classifier",
  "tuned-chat-model",
  "mcp-tool",
  "sub-pipeline",
  "tool-pipeline",
]);
/** The same inside the tools of an agent and the like. */
const chosenInside = /^(?:credential|server|serverId|pipeline|pipelineId|revisionId|knowledgeBase)$/u;
/** Words of a name that say that its value is a secret. */
const secretWords = new Set([
  "authorization",
  "auth",
  "cookie",
  "token",
  "secret",
  "password",
  "passwd",
  "passphrase",
  "apikey",
  "signature",
]);
/** X-Auth-Token, client_secret and apiKey hold such a word, and "author" and "maxTokens" do not. */
const isSecretName = (name: string): boolean => {
  const parts = name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return parts.some(
    (part, index) =>
      secretWords.has(part) ||
      (part === "key" && /^(?:api|access|secret|private|subscription)$/.test(parts[index - 1] ?? "")),
  );
};
/** Addresses that let in whoever knows them. */
const secretAddress =
  /^https?:\/\/(?:hooks\.slack\.com\/services|(?:\w{1,20}\.)?discord(?:app)?\.com\/api\/webhooks|hooks\.zapier\.com\/hooks)\//iu;
const mostQuery = 4_000;
const hasSecretQuery = (text: string): boolean => {
  const at = text.indexOf("?");
  if (at < 0 || !/^(?:https?:)?\/|^\?|^https?:/iu.test(text)) return false;
  return text
    .slice(at + 1, at + 1 + mostQuery)
    .split(/[&#\s]/)
    .some((pair) => {
      const [name = "", value = ""] = pair.split("=", 2);
      return value.length > 5 && !value.includes("{{") && (isSecretName(name) || /^(?:key|sig|code)$/iu.test(name));
    });
};
/** Keys and tokens by their beginnings, as those who give them out write them. */
const secretValues: readonly RegExp[] = [
  /\b(?:sk|pk|pw|xox[abprs]|xapp|glpat)[-_][A-Za-z0-9_-]{16,}|\b(?:gh[opsur]|hf|npm|shpat|rk|whsec|dop_v1)_[A-Za-z0-9_+/=-]{16,}/u,
  /\bgithub_pat_\w{20,}|\bA(?:KIA|SIA)[A-Z0-9]{16}\b|\bAIza[\w-]{30,}|\bSG\.[\w-]{16,}\.[\w-]{16,}/u,
  /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/u,
  /\bBearer\s+[\w.~+/-]{12,}|\bBasic\s+(?=[A-Za-z]{0,400}[0-9+/=])[A-Za-z0-9+/]{12,}/u,
  /:\/\/[^\s/:@]+:[^\s/@]+@|-----BEGIN [A-Z ]*PRIVATE KEY/u,
];
const isSecretValue = (text: string): boolean => secretValues.some((pattern) => pattern.test(text));

/** A name with its value as JSON and programs write them: `"client_secret": "…"`, `apiKey: '…'`, `token = "…"`. */
const namedText = /([A-Za-z_][\w-]{0,60})\\?["']?\s{0,20}[:=]\s{0,20}\\?(["'`])([^"'`\\\n]{8,2000})(?=\\?\2)/gu;
/** A text that holds others, without the values of those whose names say that they are secret. */
const withoutNamedSecrets = (text: string): string =>
  text.replace(namedText, (whole, name: string, _, value: string) =>
    isSecretName(name) && !value.includes("{{") ? whole.slice(0, whole.length - value.length) : whole,
  );

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0;

export const toPortable = (document: GraphDocument, name: string, catalog: Catalog): PortablePipeline => {
  const leftBehind: LeftBehind[] = [];
  const pipeline = portableGraph(withoutPins(document), "", catalog, leftBehind);
  return { format: "pipewright/pipeline", version: 1, name, leftBehind, pipeline };
};

const portableGraph = (document: GraphDocument, path: string, catalog: Catalog, left: LeftBehind[]): PortableGraph => {
  const steps = document.nodes.map(({ id, body, disabled, config, ...node }): [string, PortableStep] => {
    const step = path === "" ? id : `${path}/${id}`;
    const shape = catalog.get(node.type)?.config.shape ?? {};
    const place = document.layout[id];
    const own = Object.entries(config)
      .sort(byName)
      .flatMap(([field, value]) => {
        const schema = Object.hasOwn(shape, field) ? shape[field] : undefined;
        if (chosen.has(fieldMeta(schema as never)?.control ?? "")) {
          if (isNamed(value)) left.push({ step, field, kind: "choose" });
          return [];
        }
        return [[field, scrub(value, field, (kind) => left.push({ step, field, kind }))] as const];
      });
    const variants = document.variants?.[id]?.map((variant) => ({
      ...variant,
      config: scrub(variant.config, "", (kind) => left.push({ step, field: variant.label, kind })),
    }));
    return [
      id,
      {
        ...node,
        config: Object.fromEntries(own) as GraphNode["config"],
        ...(disabled && { disabled: true }),
        ...(place && { at: [Math.round(place.x), Math.round(place.y)] }),
        ...(variants && { variants }),
        ...(body && { body: portableGraph(body, step, catalog, left) }),
      },
    ];
  });
  const wires = document.edges
    .map(({ from, to }): PortableWire => ({ from: [from.node, from.port], to: [to.node, to.port] }))
    .map((wire): [string, PortableWire] => [JSON.stringify([wire.to, wire.from]), wire])
    .sort(byName);
  return {
    ...(document.timeLimitSeconds !== undefined && { timeLimitSeconds: document.timeLimitSeconds }),
    steps: Object.fromEntries(steps.sort(byName)),
    wires: wires.map(([, wire]) => wire),
  };
};

const isNamed = (value: unknown): boolean => value !== "" && value !== null && value !== undefined;

/** A value without what is secret or data, its keys in order. */
const scrub = (value: unknown, name: string, tell: (kind: LeftBehind["kind"]) => void): unknown => {
  if (typeof value === "string") {
    // What a variable fills in is no secret of the file.
    const isSecret =
      isSecretValue(value) ||
      secretAddress.test(value) ||
      hasSecretQuery(value) ||
      (isSecretName(name) && value !== "" && !value.includes("{{"));
    const kept = isSecret ? "" : withoutNamedSecrets(value);
    if (kept !== value) tell("secret");
    return kept;
  }
  if (Array.isArray(value)) return value.map((item) => scrub(item, name, tell));
  if (typeof value !== "object" || value === null) return value;
  const object = value as Readonly<Record<string, unknown>>;
  if (typeof object.fileId === "string") {
    tell("data");
    return null;
  }
  // A row of headers or fields: its name says what its value is.
  const called = typeof object.name === "string" ? object.name : name;
  return Object.fromEntries(
    Object.entries(object)
      .sort(byName)
      .flatMap(([key, item]): [string, unknown][] => {
        if (chosenInside.test(key) && typeof item === "string") {
          if (item !== "") tell("choose");
          return [[key, ""]];
        }
        return [[key, scrub(item, key === "value" ? called : key, tell)]];
      }),
  );
};

const end = z.tuple([z.string(), z.string()]);
const portable = z.object({
  format: z.literal("pipewright/pipeline"),
  version: z.literal(1),
  name: z.string().max(1000).default(""),
  leftBehind: z
    .array(
      z.object({ step: z.string().max(1000), field: z.string().max(200), kind: z.enum(["choose", "secret", "data"]) }),
    )
    .max(graphLimits.nodesInAll)
    .default([]),
  pipeline: z.unknown(),
});
const portableGraphShape = z.object({
  timeLimitSeconds: z.number().optional(),
  steps: z.record(
    z.string(),
    z.object({
      type: z.string(),
      typeVersion: z.number(),
      config: z.record(z.string(), z.unknown()).default({}),
      label: z.string().optional(),
      disabled: z.boolean().default(false),
      policy: z.unknown().optional(),
      at: z.tuple([z.number(), z.number()]).optional(),
      variants: z.unknown().optional(),
      body: z.unknown().optional(),
    }),
  ),
  wires: z.array(z.object({ from: end, to: end })).max(graphLimits.edges),
});

export interface ReadPipeline {
  readonly name: string;
  readonly document: GraphDocument;
  readonly leftBehind: readonly LeftBehind[];
  /** Kinds of steps that this program does not have, with the steps that are of them. */
  readonly unknown: readonly { readonly step: string; readonly type: string }[];
}

/** More than a pipeline of the largest size has. Anchors of YAML that repeat each other come to as many without being written out. */
const mostValues = 500_000;

const isTooMuch = (root: unknown): boolean => {
  const open = [root];
  let count = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    count += 1;
    if (count + open.length > mostValues) return true;
    if (typeof next === "object" && next !== null) for (const inner of Object.values(next)) open.push(inner ?? null);
  }
  return false;
};

/** Reads what a file holds, parsed. Fails with an English sentence of what is wrong; nothing in it is ever run. */
export const fromPortable = (value: unknown, catalog: Catalog): Result<ReadPipeline, string> => {
  if (isTooMuch(value)) return fail("It holds more than a pipeline may hold.");
  const file = portable.safeParse(value);
  if (!file.success) return fail(said(file.error));
  const unknown: { step: string; type: string }[] = [];
  const graph = documentOf(file.data.pipeline, "", catalog, unknown, 0);
  if (!graph.ok) return graph;
  const parsed = parseDocument(graph.value);
  if (!parsed.ok) return fail(parsed.error[0]?.message ?? "It is not a pipeline.");
  return ok({ name: file.data.name, document: parsed.value, leftBehind: file.data.leftBehind, unknown });
};

const said = (error: z.ZodError): string => {
  const [issue] = error.issues;
  return `${issue?.path.map(String).join(".") ?? ""}: ${issue?.message ?? "invalid"}`;
};

const documentOf = (
  value: unknown,
  path: string,
  catalog: Catalog,
  unknown: { step: string; type: string }[],
  depth: number,
): Result<unknown, string> => {
  if (depth > graphLimits.nesting) return fail(`Steps are nested more than ${graphLimits.nesting} deep.`);
  const graph = portableGraphShape.safeParse(value);
  if (!graph.success) return fail(`${path === "" ? "pipeline" : path}: ${said(graph.error)}`);
  const { steps, wires, timeLimitSeconds } = graph.data;
  const entries = Object.entries(steps);
  if (entries.length > graphLimits.nodes)
    return fail(`It has ${entries.length} steps; at most ${graphLimits.nodes} are allowed.`);
  const nodes: unknown[] = [];
  for (const [id, { at: _, variants: __, body, policy, label, ...node }] of entries) {
    const step = path === "" ? id : `${path}/${id}`;
    if (catalog.get(node.type) === undefined) unknown.push({ step, type: node.type });
    const inner = body === undefined ? null : documentOf(body, step, catalog, unknown, depth + 1);
    if (inner !== null && !inner.ok) return inner;
    nodes.push({
      id,
      ...node,
      ...(label !== undefined && { label }),
      ...(policy !== undefined && { policy }),
      ...(inner !== null && { body: inner.value }),
    });
  }
  const variants = Object.fromEntries(
    entries.flatMap(([id, step]) => (step.variants === undefined ? [] : [[id, step.variants]])),
  );
  return ok({
    schemaVersion: 1,
    nodes,
    edges: wires.map(({ from, to }, index) => ({
      id: `w${index + 1}`,
      from: { node: from[0], port: from[1] },
      to: { node: to[0], port: to[1] },
    })),
    layout: Object.fromEntries(
      entries.flatMap(([id, { at }]) => (at === undefined ? [] : [[id, { x: at[0], y: at[1] }]])),
    ),
    ...(Object.keys(variants).length > 0 && { variants }),
    ...(timeLimitSeconds !== undefined && { timeLimitSeconds }),
  });
};
