import type { z } from "zod";
import { fieldMeta } from "@/runtime/node/field";
import type { Diagnostic } from "./diagnostic";
import type { ResolvedNode } from "./resolve-node";

/** The tools that the workspace's MCP servers have now, as they were when they were last asked: by server, the hash of each by name. */
export type KnownTools = ReadonlyMap<string, ReadonlyMap<string, string>>;

interface Pinned {
  readonly server: string;
  readonly name: string;
  readonly hash: string;
}
const isPinned = (value: unknown): value is Pinned =>
  typeof value === "object" && value !== null && typeof (value as Pinned).hash === "string";

/** The tools that a step's settings have pinned, each with its place. */
const pinnedIn = ({ definition, config }: ResolvedNode): readonly { readonly at: string; readonly tool: Pinned }[] =>
  Object.entries<z.ZodType>(definition?.config.shape ?? {}).flatMap(([field, schema]) => {
    const value: unknown = (config as Readonly<Record<string, unknown>>)[field];
    const control = fieldMeta(schema)?.control;
    if (control === "mcp-tool") return isPinned(value) ? [{ at: field, tool: value }] : [];
    if (control !== "agent-tools" || !Array.isArray(value)) return [];
    return value.flatMap(({ kind, policy, mcp }: Readonly<Record<string, unknown>>) =>
      kind === "mcp" && policy !== "off" && isPinned(mcp) ? [{ at: field, tool: mcp }] : [],
    );
  });

/**
 * Tools that their server has changed since they were pinned, or has no more: calls of them fail. An error for a step that is made of the call, a warning for an
 * agent, which may do without.
 */
export const changedTools = (resolved: ResolvedNode, known: KnownTools): Diagnostic[] => {
  if (typeof resolved.config !== "object" || resolved.config === null) return [];
  const { node, definition } = resolved;
  const name = node.label ?? node.id;
  const severity = definition?.type === "tool/mcp" ? "error" : "warning";
  return pinnedIn(resolved).flatMap(({ at, tool }): Diagnostic[] => {
    const tools = known.get(tool.server);
    const hash = tools?.get(tool.name);
    if (tools !== undefined && hash === tool.hash) return [];
    const params = { node: name, server: tool.server, tool: tool.name };
    const place = { node: node.id, field: at };
    if (hash === undefined) {
      const message = `The MCP server "${tool.server}" has no tool "${tool.name}", which "${name}" calls.`;
      return [{ code: "tool-missing", severity, message, hint: "Choose another tool.", params, at: place }];
    }
    const message = `The MCP server "${tool.server}" has changed its tool "${tool.name}", which "${name}" calls.`;
    const hint = "Open the step's settings: they show what changed, and take the new form over.";
    return [{ code: "tool-changed", severity, message, hint, params, at: place }];
  });
};
