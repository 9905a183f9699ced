import type { Experiment } from "@/generated/prisma/client";
import type { Database } from "@/server/platform/db/database";
import { notFound } from "@/server/platform/guard/application-error";

/** An experiment of this workspace. */
export const findExperiment = async (
  { prisma }: Pick<Database, "prisma">,
  workspaceId: string,
  id: string,
): Promise<Experiment> => {
  const row = await prisma.experiment.findFirst({ where: { id, workspaceId } });
  if (row === null) throw notFound("experiment");
  return row;
};
