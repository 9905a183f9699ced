import { nextOf } from "@/runtime/testing/next-of";
import type { McpCall, McpReply, McpScript, ProvidedMcp } from "./contract";

/** MCP servers that follow a script. */
export class ScriptedMcp implements ProvidedMcp {
  readonly calls: McpCall[] = [];

  constructor(private readonly script: McpScript) {}

  async call(call: McpCall, signal: AbortSignal): Promise<McpReply> {
    signal.throwIfAborted();
    return nextOf(this.script.mcpReplies, this.calls.push(call), "MCP reply");
  }

  /** How many scripted replies were not asked for. */
  get left(): number {
    return (this.script.mcpReplies?.length ?? 0) - this.calls.length;
  }
}
