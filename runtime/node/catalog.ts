import { type BodyInterface, noBody } from "./body";
import type { NodeDefinition } from "./define-node";
import type { Ports } from "./port";

// The one place where the four types of a definition are forgotten, so that a list of different nodes has a type.
// biome-ignore lint/suspicious/noExplicitAny: a definition is contravariant in its config and inputs; no other type holds them all.
export type AnyNode = NodeDefinition<string, any, any, any>;

/** The nodes a graph may use. Always an argument: the runtime knows no node by name. */
export interface Catalog {
  readonly nodes: readonly AnyNode[];
  get(type: string): AnyNode | undefined;
}

export const createCatalog = (nodes: readonly AnyNode[]): Catalog => {
  const byType = new Map(nodes.map((node) => [node.type, node]));
  return { nodes, get: (type) => byType.get(type) };
};

/** `config` must already be parsed by the definition's schema. */
export const inputPorts = (node: AnyNode, config: unknown, body: BodyInterface = noBody): Ports =>
  typeof node.inputs === "function" ? node.inputs(config, body) : node.inputs;
export const outputPorts = (node: AnyNode, config: unknown, body: BodyInterface = noBody): Ports =>
  typeof node.outputs === "function" ? node.outputs(config, body) : node.outputs;
