import type { GraphDocument, GraphNode } from "../document";
import { sameJson } from "../hash";
import { changeNode } from "./change-node";
import type { Applied } from "./operation";

type Config = GraphNode["config"];

/** Sets some settings of a node and takes others away, field by field: edits of different fields do not collide. */
export interface SetConfig {
  readonly type: "set-config";
  readonly node: string;
  readonly set: Config;
  readonly unset?: readonly string[];
}

export const applySetConfig = (document: GraphDocument, { node: id, set, unset = [] }: SetConfig): Applied =>
  changeNode(document, id, (node) => {
    const config = new Map(Object.entries(node.config));
    const formerly = new Map<string, Config[string]>();
    const added: string[] = [];
    const remember = (field: string) => {
      const before = config.get(field);
      if (before === undefined) added.push(field);
      else formerly.set(field, before);
    };
    for (const [field, value] of Object.entries(set)) {
      if (config.has(field) && sameJson(config.get(field), value)) continue;
      remember(field);
      config.set(field, value);
    }
    for (const field of unset) {
      if (!config.has(field) || Object.hasOwn(set, field)) continue;
      remember(field);
      config.delete(field);
    }
    if (formerly.size === 0 && added.length === 0) return { node, inverse: { type: "batch", operations: [] } };
    return {
      node: { ...node, config: Object.fromEntries(config) },
      inverse: { type: "set-config", node: id, set: Object.fromEntries(formerly), unset: added },
    };
  });

/** The operation that turns one config into another, as the form sees it: two whole configs. */
export const configChange = (node: string, from: Config, to: Config): SetConfig => ({
  type: "set-config",
  node,
  set: Object.fromEntries(Object.entries(to).filter(([field, value]) => !sameJson(from[field], value))),
  unset: Object.keys(from).filter((field) => !Object.hasOwn(to, field)),
});
