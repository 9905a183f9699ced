import type { Prompt } from "@/generated/prisma/client";
import type { Database } from "@/server/platform/db/database";
import { notFound } from "@/server/platform/guard/application-error";

/** The part of Prisma that works inside a transaction. */
export type Transaction = Parameters<Parameters<Database["prisma"]["$transaction"]>[0]>[0];
export type PromptTables = Pick<Transaction, "prompt" | "promptVersion" | "promptLabel">;

/** A prompt of this workspace. Inside a transaction too. */
export const findPrompt = async (
  prisma: Pick<Transaction, "prompt">,
  workspaceId: string,
  id: string,
): Promise<Prompt> => {
  const row = await prisma.prompt.findFirst({ where: { id, workspaceId } });
  if (row === null) throw notFound("prompt");
  return row;
};
