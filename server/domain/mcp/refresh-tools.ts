import type { Prisma } from "@/generated/prisma/client";
import { isNodeFailure } from "@/runtime/node/node-failure";
import type { Database } from "@/server/platform/db/database";
import type { StoredTool } from "./mcp.types";
import { connect, listTools, type ServerRow } from "./mcp-connection";

const milliseconds = 15_000;
const longestProblem = 500;

/** Asks a server for its tools and keeps them; where it cannot be asked, what it had stays, and why is kept. */
export const refreshTools = async (database: Database, row: ServerRow) => {
  const kept = await listOf(database, row);
  return database.prisma.mcpServer.update({
    where: { id: row.id },
    data: {
      refreshedAt: new Date(),
      ...("problem" in kept
        ? { problem: kept.problem.slice(0, longestProblem) }
        : { problem: null, tools: kept.tools as unknown as Prisma.InputJsonValue }),
    },
  });
};

/** Keeps what a server lists now. */
export const keepTools = (database: Database, { id }: Pick<ServerRow, "id">, tools: readonly StoredTool[]) =>
  database.prisma.mcpServer.updateMany({
    where: { id },
    data: { refreshedAt: new Date(), problem: null, tools: tools as unknown as Prisma.InputJsonValue },
  });

const listOf = async (
  database: Database,
  row: ServerRow,
): Promise<{ readonly tools: readonly StoredTool[] } | { readonly problem: string }> => {
  try {
    const connection = await connect(database, row, milliseconds);
    try {
      return { tools: await listTools(connection, milliseconds) };
    } catch (error) {
      throw connection.failure(error);
    } finally {
      await connection.close();
    }
  } catch (failure) {
    if (!isNodeFailure(failure)) throw failure;
    return { problem: `${failure.message} ${failure.options.hint ?? ""}`.trim() };
  }
};
