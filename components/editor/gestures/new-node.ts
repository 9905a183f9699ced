import type { z } from "zod";
import type { GraphDocument, GraphNode, Position } from "@/runtime/graph/document";
import type { GraphOperation } from "@/runtime/graph/edit/operation";
import type { AnyNode } from "@/runtime/node/catalog";
import { newNodeId, type RandomWord } from "./identifiers";

/** Settings of a new node: every default written out, so that a later default never changes a saved pipeline. */
export const defaultConfig = (definition: AnyNode): GraphNode["config"] => {
  const config: GraphNode["config"] = {};
  for (const [name, schema] of Object.entries<z.ZodType>(definition.config.shape)) {
    const parsed = schema.safeParse(undefined);
    if (parsed.success && parsed.data !== undefined) config[name] = parsed.data as GraphNode["config"][string];
  }
  return config;
};

export const newNode = (definition: AnyNode, taken: ReadonlySet<string>, random: RandomWord): GraphNode => ({
  id: newNodeId(definition.type, taken, random),
  type: definition.type,
  typeVersion: definition.version,
  config: defaultConfig(definition),
  disabled: false,
  ...(definition.container === undefined || definition.container.needs !== undefined
    ? {}
    : { body: definition.container.start }),
});

export interface AddedNode {
  readonly id: string;
  readonly node: GraphNode;
  readonly operations: readonly GraphOperation[];
}

export const addNode = (
  document: GraphDocument,
  definition: AnyNode,
  position: Position,
  random: RandomWord,
): AddedNode => {
  const node = newNode(definition, new Set(document.nodes.map(({ id }) => id)), random);
  return { id: node.id, node, operations: [{ type: "add-node", node, position }] };
};
