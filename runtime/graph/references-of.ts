import type { Catalog } from "@/runtime/node/catalog";
import { type FieldControl, fieldMeta } from "@/runtime/node/field";
import type { GraphNode } from "./document";

/** What a step's settings may name that lies outside the graph and has content of its own. */
export type ResourceKind = "knowledge-base" | "tuned-model" | "pipeline" | "prompt";

export interface Reference {
  readonly kind: ResourceKind;
  /** Id of a knowledge base, a pipeline or a prompt; `<model slug>@<stage or version>` of a registered model. */
  readonly name: string;
  /** Id of the step that names it. */
  readonly node: string;
  readonly field: string;
}

/** A setting with such a control holds a name, as a text or as the `reference` of an object. */
const resourceControls: Partial<Record<FieldControl, ResourceKind>> = {
  "knowledge-base": "knowledge-base",
  "tuned-classifier": "tuned-model",
  "tuned-chat-model": "tuned-model",
  "sub-pipeline": "pipeline",
  prompt: "prompt",
};

const nameIn = (value: unknown): string => {
  if (typeof value === "string") return value.trim();
  const reference = (value as { readonly reference?: unknown } | null)?.reference;
  return typeof reference === "string" ? reference.trim() : "";
};

/**
 * The knowledge bases, registered models, pipelines and prompts that the steps of a graph and of its bodies name, in the order of the steps; none twice for a setting. A setting is asked for its
 * control, so no text is taken for a name because it looks like one. A setting that is still empty names nothing, and a step that is not known either.
 *
 * @example referencesOf(document.nodes, catalog) // [{ kind: "knowledge-base", name: "kb_1", node: "search-1", field: "knowledgeBase" }]
 */
export const referencesOf = (nodes: readonly GraphNode[], catalog: Catalog): readonly Reference[] =>
  nodes.flatMap(({ id, type, config, body }) => {
    const shape = catalog.get(type)?.config.shape ?? {};
    const own = Object.entries(shape).flatMap(([field, schema]): Reference[] => {
      const kind = resourceControls[fieldMeta(schema as never)?.control ?? "text"];
      const name = kind === undefined ? "" : nameIn(config[field]);
      return kind === undefined || name === "" ? [] : [{ kind, name, node: id, field }];
    });
    return body === undefined ? own : [...own, ...referencesOf(body.nodes, catalog)];
  });
