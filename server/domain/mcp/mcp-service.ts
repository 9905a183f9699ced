import type { McpReply, PinnedTool, ProvidedMcp } from "@/runtime/capability/mcp/contract";
import { mcpLimits } from "@/runtime/capability/mcp/contract";
import { NodeFailure } from "@/runtime/node/node-failure";
import type { Database } from "@/server/platform/db/database";
import { cameToNoConnection } from "@/server/platform/egress/no-connection";
import { interruptedByOutage } from "@/server/platform/readiness/interrupted-by-outage";
import { connectionKey } from "./connection-key";
import type { StoredTool } from "./mcp.types";
import { connect, listTools, type McpConnection, type ServerRow } from "./mcp-connection";
import { keepTools } from "./refresh-tools";

interface Open {
  readonly connection: Promise<McpConnection>;
  tools: Promise<readonly StoredTool[]> | null;
  listedAt: number;
  timer: NodeJS.Timeout | null;
  users: number;
}

// On globalThis because Next loads this module more than once in one process.
const shared: typeof globalThis & { pipewrightMcp?: Map<string, Open> } = globalThis;
const opened = (): Map<string, Open> => {
  shared.pipewrightMcp ??= new Map();
  return shared.pipewrightMcp;
};

/** A connection that nobody uses is let go after so long; what a server lists is believed for so long. */
const idleMs = 60_000;
const freshMs = 60_000;

/** Calls of tools of one workspace's MCP servers. Connections are shared and let go when idle. */
export const mcpService = (database: Database, workspaceId: string): ProvidedMcp => ({
  call: async ({ tool, arguments: given, milliseconds, onSent }, signal) => {
    const row = await interruptedByOutage(() =>
      database.prisma.mcpServer.findUnique({ where: { workspaceId_name: { workspaceId, name: tool.server } } }),
    );
    if (row === null) {
      throw new NodeFailure("tool-unknown", `There is no MCP server "${tool.server}".`, {
        hint: "Add it under Settings, MCP servers, or choose another tool.",
      });
    }
    const key = await interruptedByOutage(() => connectionKey(database, row));
    const open = take(key, database, row, milliseconds);
    try {
      const connection = await open.connection;
      await refuseChanged(database, tool, row, open, connection, milliseconds);
      onSent?.(true);
      const reply = await connection.client
        .callTool({ name: tool.name, arguments: { ...given } }, undefined, { timeout: milliseconds, signal })
        .catch((error: unknown) => {
          if (cameToNoConnection(error)) onSent?.(false);
          if (signal.aborted) throw signal.reason;
          throw connection.failure(error);
        });
      return readReply(reply as RawReply, connection.hide);
    } catch (error) {
      // A connection that failed is not used again: the server may have gone away in the middle.
      drop(key, open);
      throw error;
    } finally {
      release(key, open);
    }
  },
});

const take = (key: string, database: Database, row: ServerRow, milliseconds: number): Open => {
  let open = opened().get(key);
  if (open === undefined) {
    open = { connection: connect(database, row, milliseconds), tools: null, listedAt: 0, timer: null, users: 0 };
    open.connection.catch(() => {});
    opened().set(key, open);
  }
  if (open.timer !== null) clearTimeout(open.timer);
  open.timer = null;
  open.users += 1;
  return open;
};

const drop = (key: string, open: Open): void => {
  if (opened().get(key) === open) opened().delete(key);
};

const release = (key: string, open: Open): void => {
  open.users -= 1;
  if (open.users > 0) return;
  const close = () => {
    drop(key, open);
    void open.connection.then((connection) => connection.close()).catch(() => {});
  };
  if (opened().get(key) !== open) {
    close();
    return;
  }
  open.timer = setTimeout(close, idleMs);
  open.timer.unref();
};

/** What the server has now must be what was pinned: a tool whose schema or description changed is not called unseen. */
const refuseChanged = async (
  database: Database,
  pinned: PinnedTool,
  row: ServerRow,
  open: Open,
  connection: McpConnection,
  milliseconds: number,
): Promise<void> => {
  const now = Date.now();
  if (open.tools === null || now - open.listedAt > freshMs) {
    open.tools = listTools(connection, milliseconds);
    open.listedAt = now;
  }
  const tools = await open.tools.catch((error: unknown) => {
    throw connection.failure(error);
  });
  const current = tools.find(({ name }) => name === pinned.name);
  // What the settings of the step show is what is kept.
  if (current?.hash !== pinned.hash) await keepTools(database, row, tools);
  if (current === undefined) {
    throw new NodeFailure("tool-unknown", `The MCP server "${row.name}" has no tool "${pinned.name}" any more.`, {
      hint: "Choose another tool in the step's settings.",
    });
  }
  if (current.hash !== pinned.hash) {
    throw new NodeFailure("tool-changed", `The MCP server "${row.name}" has changed its tool "${pinned.name}".`, {
      hint: "Open the step: it shows what changed, and takes the new form over.",
    });
  }
};

interface RawReply {
  readonly content?: unknown;
  readonly structuredContent?: unknown;
  readonly isError?: unknown;
}

/** Words as they are; pictures, recordings and resources by name. */
const readReply = (reply: RawReply, hide: (text: string) => string): McpReply => {
  const parts = Array.isArray(reply.content) ? reply.content : [];
  const text = parts
    .map(
      (part: {
        type?: unknown;
        text?: unknown;
        mimeType?: unknown;
        uri?: unknown;
        resource?: { text?: unknown; uri?: unknown };
      }) => {
        if (part.type === "text") return String(part.text ?? "");
        if (part.type === "resource" && typeof part.resource?.text === "string") return part.resource.text;
        return `[${String(part.type)} ${String(part.mimeType ?? part.uri ?? part.resource?.uri ?? "")}]`;
      },
    )
    .join("\n");
  if (text.length > mcpLimits.answer)
    throw new NodeFailure(
      "value-too-large",
      `The tool answers more than ${mcpLimits.answer.toLocaleString("en")} characters.`,
    );
  const data = reply.structuredContent === undefined ? undefined : JSON.stringify(reply.structuredContent);
  // Written out, data may be several times as long as it came.
  if (data !== undefined && data.length > mcpLimits.answer) {
    throw new NodeFailure(
      "value-too-large",
      `The tool answers more than ${mcpLimits.answer.toLocaleString("en")} characters of data.`,
    );
  }
  const hidden = data === undefined ? undefined : (JSON.parse(hide(data)) as unknown);
  return { text: hide(text), ...(hidden === undefined ? {} : { data: hidden }), isError: reply.isError === true };
};
