import type { Dataset } from "@/generated/prisma/client";
import type { Database } from "@/server/db";
import { notFound } from "@/server/guard/application-error";

/** A dataset of this workspace. Inside a transaction too. */
export const findDataset = async (
  { prisma }: { readonly prisma: Pick<Database["prisma"], "dataset"> },
  workspaceId: string,
  id: string,
): Promise<Dataset> => {
  const row = await prisma.dataset.findFirst({ where: { id, workspaceId } });
  if (row === null) throw notFound("dataset");
  return row;
};
