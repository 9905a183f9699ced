import { catalog } from "@/nodes";
import { type HeldPrompt, heldPrompt, noPrompt, type PromptHolder } from "@/nodes/lib/prompt/held-prompt";
import { layOver } from "@/nodes/lib/prompt/lay-over";
import type { Diagnostic } from "@/runtime/graph/diagnostic";
import type { GraphDocument, GraphNode, NodeVariant } from "@/runtime/graph/document";
import { sameJson } from "@/runtime/graph/hash";
import { fieldMeta } from "@/runtime/node/field";
import type { PromptTables } from "@/server/domain/prompt/find-prompt";
import type { AssumedLabel } from "@/server/domain/prompt/find-version";
import { sayNotWhole, wholeVersion } from "@/server/domain/prompt/whole-version";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { readDocument } from "./read-document";

/** Which setting of a kind of step holds a prompt, and where its content goes; null where none does. */
export const holderOf = (type: string): { readonly field: string; readonly holder: PromptHolder } | null => {
  for (const [field, schema] of Object.entries(catalog.get(type)?.config.shape ?? {})) {
    const meta = fieldMeta(schema as never);
    if (meta?.control === "prompt") return { field, holder: meta.holder as PromptHolder };
  }
  return null;
};

/** What settings say of the prompt that they hold; null where they hold none. */
export const heldBy = (type: string, config: Readonly<Record<string, unknown>>): HeldPrompt | null => {
  const found = holderOf(type);
  const read = heldPrompt.safeParse(found === null ? undefined : config[found.field]);
  return read.success && read.data.reference !== "" ? read.data : null;
};

export interface SettleOptions {
  readonly assumed?: AssumedLabel;
  /** Only these steps of the pipeline itself, and nothing inside containers. */
  readonly only?: ReadonlySet<string>;
}

const nameOf = ({ slug, reference, label, version }: HeldPrompt): string =>
  `${slug || reference}@${label === "" ? version : label}`;

const refuse = (code: "prompt-unknown" | "prompt-unfit", node: GraphNode, held: HeldPrompt, reason: string): never => {
  const name = node.label ?? node.id;
  const prompt = nameOf(held);
  const message =
    code === "prompt-unknown"
      ? `"${name}" holds ${prompt}, which this workspace does not have.`
      : `"${name}" cannot take ${prompt}: ${reason}`;
  const hint =
    code === "prompt-unknown"
      ? "Choose another prompt, label or version, or detach the step to keep its words."
      : "Choose another prompt or version, or correct it in the library.";
  const found: Diagnostic = {
    code,
    severity: "error",
    message,
    hint,
    params: { node: name, prompt, ...(code === "prompt-unfit" ? { reason } : {}) },
    at: { node: node.id, field: holderOf(node.type)?.field ?? "prompt" },
  };
  throw new ApplicationError("BAD_REQUEST", message, { reason: "graph-invalid", hint, diagnostics: [found] });
};

/**
 * The document in which every step that holds a prompt of the library has the words of the version that its label points at now, or of the version that it names; variants too. What stands
 * in the settings already is looked at, not trusted. Refuses a prompt, label or version that this workspace does not have, and one that the step cannot take. Steps of other pipelines
 * stay as they were frozen. The same document where nothing changes.
 */
export const settlePrompts = async (
  prisma: PromptTables,
  workspaceId: string,
  document: GraphDocument,
  options: SettleOptions = {},
): Promise<GraphDocument> => {
  const settled = await new PromptSettlement(prisma, workspaceId, options).settle(document);
  // Longer words may make it larger than a document may be.
  return settled === document ? document : readDocument(settled).document;
};

/**
 * The document after other settings were laid over some steps, without the names of prompts whose words were replaced: a record never names a version that did not run. `before` has the words
 * of the versions that it names.
 */
export const withoutFormerPrompts = (before: GraphDocument, after: GraphDocument): GraphDocument => {
  const former = new Map(before.nodes.map((node) => [node.id, node.config]));
  return {
    ...after,
    nodes: after.nodes.map((node) => {
      const found = holderOf(node.type);
      const own = former.get(node.id);
      if (found === null || own === undefined || heldBy(node.type, node.config) === null) return node;
      if (!sameJson(own[found.field], node.config[found.field])) return node;
      const kept = heldBy(node.type, own)?.fields.every((name) => sameJson(own[name], node.config[name]));
      return kept ? node : { ...node, config: { ...node.config, [found.field]: { ...noPrompt } as never } };
    }),
  };
};

class PromptSettlement {
  /** Each version is read once, however many steps hold it. */
  readonly #read = new Map<string, Awaited<ReturnType<typeof wholeVersion>>>();

  constructor(
    private readonly prisma: PromptTables,
    private readonly workspaceId: string,
    private readonly options: SettleOptions,
  ) {}

  async settle(document: GraphDocument): Promise<GraphDocument> {
    const nodes: GraphNode[] = [];
    for (const node of document.nodes) nodes.push(await this.#settled(node));
    const { variants } = document;
    const settledVariants = variants === undefined ? undefined : await this.#variants(document.nodes, variants);
    const same = nodes.every((node, index) => node === document.nodes[index]) && settledVariants === variants;
    return same ? document : { ...document, nodes, ...(settledVariants && { variants: settledVariants }) };
  }

  async #settled(node: GraphNode): Promise<GraphNode> {
    const { only } = this.options;
    if (only !== undefined && !only.has(node.id)) return node;
    const config = await this.#config(node, node.config);
    const isOther = node.type === "flow/sub-pipeline" && isNamed(node.config.pipeline);
    const body = node.body === undefined || isOther || only !== undefined ? node.body : await this.settle(node.body);
    return config === node.config && body === node.body
      ? node
      : { ...node, config, ...(body === undefined ? {} : { body }) };
  }

  async #variants(nodes: readonly GraphNode[], variants: Readonly<Record<string, NodeVariant[]>>) {
    const settled: Record<string, NodeVariant[]> = {};
    let changed = false;
    for (const [id, each] of Object.entries(variants)) {
      const node = nodes.find((candidate) => candidate.id === id);
      const own: NodeVariant[] = [];
      for (const variant of each) {
        const config = node === undefined ? variant.config : await this.#config(node, variant.config);
        own.push(config === variant.config ? variant : { ...variant, config });
        changed ||= config !== variant.config;
      }
      settled[id] = own;
    }
    return changed ? settled : variants;
  }

  async #config(node: GraphNode, config: GraphNode["config"]): Promise<GraphNode["config"]> {
    const found = holderOf(node.type);
    const held = found === null ? null : heldBy(node.type, config);
    if (found === null || held === null) return config;
    const version = await this.#find(held);
    if (!version.ok) {
      return refuse(version.error.found ? "prompt-unfit" : "prompt-unknown", node, held, sayNotWhole(version.error));
    }
    const laid = layOver(config, found.field, found.holder, { ...version.value, label: held.label });
    if (!laid.ok) return refuse("prompt-unfit", node, held, laid.error);
    return sameJson(laid.value, config) ? config : (laid.value as GraphNode["config"]);
  }

  async #find({ reference, label, version }: HeldPrompt): Promise<Awaited<ReturnType<typeof wholeVersion>>> {
    const at = label === "" ? String(version) : label;
    const key = JSON.stringify([reference, at]);
    const known = this.#read.get(key);
    if (known !== undefined) return known;
    const read = await wholeVersion(this.prisma, this.workspaceId, { id: reference }, at, this.options.assumed);
    this.#read.set(key, read);
    return read;
  }
}

/** A version that a step of a document holds, or that is included in one. */
export interface PromptUseRow {
  readonly promptId: string;
  readonly number: number;
  readonly node: string;
  readonly label: string;
}

/** Every version that a settled document was made with, by step; those inside containers and other pipelines too. */
export const promptUses = (document: GraphDocument, path = ""): readonly PromptUseRow[] => {
  const rows = document.nodes.flatMap(({ id, type, config, body }): readonly PromptUseRow[] => {
    const node = path === "" ? id : `${path}/${id}`;
    const held = heldBy(type, config);
    const own =
      held === null
        ? []
        : [
            { promptId: held.reference, number: held.version, node, label: held.label },
            ...held.includes.map((each) => ({ promptId: each.reference, number: each.version, node, label: "" })),
          ];
    return body === undefined ? own : [...own, ...promptUses(body, node)];
  });
  return path === "" ? distinct(rows) : rows;
};

const distinct = (rows: readonly PromptUseRow[]): readonly PromptUseRow[] => [
  ...new Map(rows.map((row) => [JSON.stringify([row.promptId, row.number, row.node]), row])).values(),
];

const isNamed = (value: unknown): boolean => {
  const { reference } = (value ?? {}) as { readonly reference?: unknown };
  return typeof reference === "string" && reference !== "";
};
