import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { fetch as undiciFetch } from "undici";
import { mcpLimits } from "@/runtime/capability/mcp/contract";
import { hashJson } from "@/runtime/graph/hash";
import { isNodeFailure, NodeFailure } from "@/runtime/node/node-failure";
import { openCredential } from "@/server/domain/credential/open-credential";
import { wayTo } from "@/server/domain/tool/tool-hosts";
import type { Database } from "@/server/platform/db/database";
import type { StoredTool } from "./mcp.types";

export interface ServerRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly name: string;
  readonly url: string;
  readonly credential: string | null;
}

/** A server under way, with what hides its credential in what it says. */
export interface McpConnection {
  readonly client: Client;
  hide(text: string): string;
  close(): Promise<void>;
}

const mostPages = 20;

/** What the protocol's client or its way fails by, in words for the author of a step. */
export const mcpFailure = (
  error: unknown,
  server: string,
  hide: (text: string) => string = (text) => text,
): NodeFailure => {
  let cause = error;
  for (
    let depth = 0;
    depth < 5 && cause instanceof Error && cause.cause !== undefined && !isNodeFailure(cause);
    depth += 1
  )
    cause = cause.cause;
  if (isNodeFailure(cause)) {
    if (cause.code !== "model-address-blocked") return cause;
    return new NodeFailure(
      "tool-blocked",
      cause.message.replace("The endpoint's address", `The address of "${server}"`),
      {
        hint: "Name the host under Settings, Hosts for tools.",
      },
    );
  }
  const message = error instanceof Error ? error.message : String(error);
  const code = (error as { code?: unknown } | null)?.code;
  if (code === -32001) return new NodeFailure("tool-timeout", `The MCP server "${server}" did not answer in time.`);
  if (code === 401 || code === 403) {
    return new NodeFailure("tool-rejected", `The MCP server "${server}" does not let this credential in.`, {
      hint: "Look at its credential in the settings.",
    });
  }
  const isUnreachable = /fetch failed|ECONN|ENOTFOUND|socket|closed|terminated/i.test(
    `${message} ${String((cause as Error | null)?.message)}`,
  );
  return isUnreachable
    ? new NodeFailure("tool-unavailable", `The MCP server "${server}" cannot be reached, or went away.`, {
        hint: "Check its address, and whether it is up.",
      })
    : new NodeFailure("tool-rejected", `The MCP server "${server}" refused: ${hide(message).slice(0, 500)}`);
};

/** Connects by streamable HTTP, through the one door. Throws `NodeFailure`. */
export const connect = async (database: Database, row: ServerRow, milliseconds: number): Promise<McpConnection> => {
  const { toolHosts } = await database.prisma.workspace.findUniqueOrThrow({
    where: { id: row.workspaceId },
    select: { toolHosts: true },
  });
  const credential = row.credential === null ? null : await openCredential(database, row.workspaceId, row.credential);
  const hide = (text: string) => credential?.hide(text) ?? text;
  const send = async (given: string | URL, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(given);
    const { dispatcher } = wayTo(url, toolHosts);
    const headers = Object.fromEntries(new Headers(init.headers));
    const signed = { url, headers };
    const signal = init.signal ?? AbortSignal.timeout(milliseconds);
    if (credential !== null) {
      if (!credential.mayGoTo(url)) {
        throw new NodeFailure("tool-blocked", `The credential "${credential.name}" is not for ${url.host}.`, {
          hint: "An owner of the workspace can add the host to the credential.",
        });
      }
      await credential.sign(signed, (token) => wayTo(token, toolHosts).fetch, signal);
    }
    const { headers: _, ...rest } = init;
    const sent = { ...rest, headers: signed.headers, dispatcher, redirect: "error", signal };
    return (await undiciFetch(signed.url, sent as never)) as unknown as Response;
  };
  const client = new Client({ name: "pipewright", version: "1.0.0" });
  const transport = new StreamableHTTPClientTransport(new URL(row.url), { fetch: send as never });
  try {
    await client.connect(transport, { timeout: milliseconds });
  } catch (error) {
    await client.close().catch(() => {});
    throw mcpFailure(error, row.name, hide);
  }
  return { client, hide, close: () => client.close().catch(() => {}) };
};

/** What tells one version of a tool from another. */
export const toolHash = ({ name, description, parameters }: Omit<StoredTool, "hash">): string =>
  hashJson({ name, description, parameters } as never);

/** All tools of a server, up to the bound. */
export const listTools = async ({ client }: McpConnection, milliseconds: number): Promise<readonly StoredTool[]> => {
  const all: StoredTool[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const listed = await client.listTools(cursor === undefined ? {} : { cursor }, { timeout: milliseconds });
    for (const { name, description = "", inputSchema } of listed.tools) {
      const tool = {
        name: name.slice(0, 200),
        description: description.slice(0, mcpLimits.description),
        parameters: { ...inputSchema },
      };
      if (JSON.stringify(tool.parameters).length <= mcpLimits.schema) all.push({ ...tool, hash: toolHash(tool) });
    }
    cursor = listed.nextCursor;
    if (cursor === undefined || all.length >= mcpLimits.tools) break;
  }
  return all.slice(0, mcpLimits.tools);
};
