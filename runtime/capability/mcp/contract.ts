import type { JsonSchema } from "@/runtime/node/context";

export const mcpLimits = {
  servers: 50,
  /** Tools that are taken of one server. */
  tools: 200,
  description: 4_000,
  /** Characters of the schema of one tool. */
  schema: 64_000,
  /** Bytes of whatever a server answers, unpacked; and characters of the words and of the data in it. */
  answer: 4_000_000,
  /** Lines of an answer that comes as events. */
  lines: 10_000,
} as const;

/** A tool as a server told of it when it was chosen: it stands in the revision, and a server that changed it is told apart by the hash. */
export interface PinnedTool {
  /** Name of a server of the workspace. */
  readonly server: string;
  readonly name: string;
  readonly description: string;
  /** JSON schema of an object. */
  readonly parameters: JsonSchema;
  /** SHA-256 of name, description and schemas, in hex. */
  readonly hash: string;
}

export interface McpCall {
  readonly tool: PinnedTool;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly milliseconds: number;
  /** Told `true` just before the call leaves, and `false` where it then came to no connection, so that nothing can have arrived. */
  readonly onSent?: (isSent: boolean) => void;
}

export interface McpReply {
  /** The words of the answer; what is no text is named. */
  readonly text: string;
  /** The answer as data, where the server gives it; undefined where not. */
  readonly data?: unknown;
  /** The server says that the call failed, and why in `text`. */
  readonly isError: boolean;
}

/** Tools of servers that speak the Model Context Protocol. Throws `NodeFailure`: `tool-changed` where the server's tool is not the one that was pinned. */
export interface Mcp {
  call(call: McpCall): Promise<McpReply>;
}

export interface ProvidedMcp {
  call(call: McpCall, signal: AbortSignal): Promise<McpReply>;
}

/** What examples of steps say of it. */
export interface McpScript {
  /** Scripted replies, in call order. */
  readonly mcpReplies?: readonly McpReply[];
}

export const mcp = {
  called: "MCP servers",
  bind: (provided: ProvidedMcp, call: () => { readonly signal: AbortSignal }): Mcp => ({
    call: (made) => provided.call(made, call().signal),
  }),
};
