import type { Dataset } from "@/generated/prisma/client";
import type { Database } from "@/server/platform/db/database";
import { notFound } from "@/server/platform/guard/application-error";

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
