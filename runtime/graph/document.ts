import { z } from "zod";

/** Bounds of one document. A document beyond them is refused, never cut. */
export const graphLimits = {
  nodes: 1000,
  edges: 5000,
  idLength: 64,
  labelLength: 120,
  /** Bytes of the document as UTF-8 JSON. */
  bytes: 4 * 1024 * 1024,
  /** Other settings kept beside a node's own. */
  variantsOfNode: 8,
  fieldLength: 128,
  /** Levels of lists and objects inside one another. */
  depth: 64,
  /** Bodies inside one another. */
  nesting: 8,
  /** Nodes of a document and of all bodies in it. */
  nodesInAll: 5000,
  /** Steps with a pinned output, and characters of one as JSON. */
  pins: 50,
  pinCharacters: 200_000,
  /** Versions of other pipelines that its steps run. */
  pipelines: 100,
} as const;

/** `__proto__` is no identifier: records are keyed by them. */
const identifier = z
  .string()
  .min(1)
  .max(graphLimits.idLength)
  .refine((id) => id !== "__proto__");
/** Port names may be any word of a template variable, Chinese ones included, so they are bounded in length only. */
const portName = z.string().min(1).max(128);

export const portRef = z.strictObject({ node: identifier, port: portName });

/** What happens around a node's run, whatever the node is. Left out means: one attempt, no limit of its own, stop the run. */
export const nodePolicy = z.strictObject({
  retries: z.int().min(0).max(10).default(0),
  retryDelayMs: z.int().min(0).max(600_000).default(1000),
  timeoutMs: z.int().min(1).max(3_600_000).optional(),
  /**
   * `stop` fails the run; `continue` skips what depends on the node; `default` goes on with `defaultOutputs`;
   * `error-port` sends the error out of the extra output port `error` and skips the other ports.
   */
  onError: z.enum(["stop", "continue", "default", "error-port"]).default("stop"),
  defaultOutputs: z.record(z.string(), z.json()).optional(),
});

export const graphNode = z.strictObject({
  id: identifier,
  /** `<category>/<name>` of a node definition. */
  type: z.string().min(1).max(128),
  typeVersion: z.int().positive(),
  config: z.record(z.string(), z.json()),
  label: z.string().max(graphLimits.labelLength).optional(),
  disabled: z.boolean().default(false),
  policy: nodePolicy.optional(),
  /** The steps that a container runs, once or many times: its input and output nodes are the container's ports. */
  get body(): z.ZodOptional<typeof graphDocument> {
    return graphDocument.optional();
  },
});

/**
 * Other settings of a node under a name, to be tried beside its own. It says only what differs: `config` takes the place of the node's fields,
 * those in `unset` are left out.
 */
export const nodeVariant = z.strictObject({
  /** Unique within its node. */
  id: identifier,
  label: z.string().trim().min(1).max(graphLimits.labelLength),
  config: z.record(z.string(), z.json()),
  unset: z.array(z.string().min(1).max(graphLimits.fieldLength)).max(200).optional(),
});

/** A node's variants; one without any is left out of the document's record. */
export const nodeVariants = z
  .array(nodeVariant)
  .max(graphLimits.variantsOfNode)
  .refine(
    (variants) => new Set(variants.map(({ id }) => id)).size === variants.length,
    "Two variants have the same id.",
  );

/** What stands in place of what a node gives, by output. */
export const pinnedOutputs = z
  .record(portName, z.json())
  .refine(
    (outputs) => JSON.stringify(outputs).length <= graphLimits.pinCharacters,
    `A pinned output is longer than ${graphLimits.pinCharacters} characters.`,
  );

export const graphEdge = z.strictObject({ id: z.string().min(1).max(300), from: portRef, to: portRef });

export const position = z.strictObject({ x: z.number().min(-1e6).max(1e6), y: z.number().min(-1e6).max(1e6) });

/** How long a run may take, in seconds. */
export const timeLimits = { standard: 15 * 60, least: 1, most: 24 * 60 * 60 } as const;

export const graphDocument = z.strictObject({
  schemaVersion: z.literal(1),
  nodes: z.array(graphNode).max(graphLimits.nodes),
  edges: z.array(graphEdge).max(graphLimits.edges),
  /** Drawing only. Left out of the hash, so moving a card never makes a new version. */
  layout: z.record(z.string(), position),
  /** By node id. Left out of the hash: what is only tried never makes a new version. */
  variants: z.record(z.string(), nodeVariants).optional(),
  /** By node id. Left out of the hash and of every frozen version: they hold for runs of the draft in the editor alone. */
  pins: z
    .record(z.string(), pinnedOutputs)
    .refine(
      (pins) => Object.keys(pins).length <= graphLimits.pins,
      `More than ${graphLimits.pins} steps have a pinned output.`,
    )
    .optional(),
  /** Longest time that a run may take. Left out: `timeLimits.standard`. */
  timeLimitSeconds: z.int().min(timeLimits.least).max(timeLimits.most).optional(),
});

export type NodePolicy = z.output<typeof nodePolicy>;
export type PortRef = z.output<typeof portRef>;
export type GraphNode = z.output<typeof graphNode>;
export type NodeVariant = z.output<typeof nodeVariant>;
export type PinnedOutputs = z.output<typeof pinnedOutputs>;
export type GraphEdge = z.output<typeof graphEdge>;
export type Position = z.output<typeof position>;
export type GraphDocument = z.output<typeof graphDocument>;

export const emptyDocument: GraphDocument = { schemaVersion: 1, nodes: [], edges: [], layout: {} };
