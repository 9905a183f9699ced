import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { jsonSchemaValidator } from "@modelcontextprotocol/sdk/validation/types.js";
import { fetch as undiciFetch } from "undici";
import { mcpLimits } from "@/runtime/capability/mcp/contract";
import { hashJson } from "@/runtime/graph/hash";
import { isNodeFailure, NodeFailure } from "@/runtime/node/node-failure";
import { openCredential } from "@/server/domain/credential/open-credential";
import { wayTo } from "@/server/domain/tool/tool-hosts";
import type { Database } from "@/server/platform/db/database";
import { capAnswer } from "./cap-answer";
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
  /** What its client or its way failed by, in words for the author of a step, and without the credential. */
  failure(error: unknown): NodeFailure;
  close(): Promise<void>;
}

const mostPages = 20;

/**
 * A server's schema of its answers is not run: the client would compile it, patterns and all, on the thread that serves everybody. What an answer holds is
 * checked where it is used, as anything is that comes from outside.
 */
const unchecked: jsonSchemaValidator = {
  getValidator: () => (input) => ({ valid: true, data: input as never, errorMessage: undefined }),
};

const mcpFailure = (error: unknown, server: string, hide: (text: string) => string): NodeFailure => {
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
  let tooLarge: NodeFailure | null = null;
  const failure = (error: unknown): NodeFailure => tooLarge ?? mcpFailure(error, row.name, hide);
  const send = async (given: string | URL, init: RequestInit = {}): Promise<Response> => {
    // A stream of news beside the calls would have no end and no bound, and nothing here listens to it: the client takes this as "not offered".
    if (init.method === "GET" && !new Headers(init.headers).has("last-event-id"))
      return new Response(null, { status: 405 });
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
    const answer = (await undiciFetch(signed.url, sent as never)) as unknown as Response;
    return capAnswer(answer, (more) => {
      tooLarge ??= new NodeFailure("value-too-large", `The MCP server "${row.name}" answers more than ${more}.`, {
        hint: "Ask its tool for less.",
      });
      // A stream that breaks leaves its call waiting; a connection that ends does not.
      void client.close().catch(() => {});
      return tooLarge;
    });
  };
  const client = new Client({ name: "pipewright", version: "1.0.0" }, { jsonSchemaValidator: unchecked });
  const transport = new StreamableHTTPClientTransport(new URL(row.url), { fetch: send as never });
  try {
    await client.connect(transport, { timeout: milliseconds });
  } catch (error) {
    await client.close().catch(() => {});
    throw failure(error);
  }
  return { client, hide, failure, close: () => client.close().catch(() => {}) };
};

/** A tool as its server tells of it, without the credential. */
type ToldTool = Omit<StoredTool, "hash"> & { readonly outputSchema: unknown };

/** What tells one version of a tool from another. One without a schema of its answers has the hash that it had before there were such schemas. */
export const toolHash = ({ name, description, parameters, outputSchema }: ToldTool): string =>
  hashJson({ name, description, parameters, ...(outputSchema === undefined ? {} : { outputSchema }) } as never);

/** All tools of a server, up to the bound. */
export const listTools = async (
  { client, hide }: McpConnection,
  milliseconds: number,
): Promise<readonly StoredTool[]> => {
  const all: StoredTool[] = [];
  const hidden = <Value>(value: Value): Value => JSON.parse(hide(JSON.stringify(value))) as Value;
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const listed = await client.listTools(cursor === undefined ? {} : { cursor }, { timeout: milliseconds });
    for (const { name, description = "", inputSchema, outputSchema } of listed.tools) {
      if (JSON.stringify(inputSchema).length > mcpLimits.schema) continue;
      const tool = {
        name: name.slice(0, 200),
        description: hide(description).slice(0, mcpLimits.description),
        parameters: hidden({ ...inputSchema }),
      };
      all.push({ ...tool, hash: toolHash({ ...tool, outputSchema: outputSchema && hidden(outputSchema) }) });
    }
    cursor = listed.nextCursor;
    if (cursor === undefined || all.length >= mcpLimits.tools) break;
  }
  return all.slice(0, mcpLimits.tools);
};
