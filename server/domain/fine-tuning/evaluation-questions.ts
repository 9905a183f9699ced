import { normaliseText } from "@/runtime/fine-tuning/normalise-text";
import type { Database } from "@/server/platform/db/database";

/** Rows of evaluation datasets that are looked at. */
const mostRows = 50_000;

/** The texts of what datasets ask, normalised, but for the dataset that the rows come from. Only those with gates or a test part are for evaluation. */
export const evaluationQuestions = async (
  { prisma }: Database,
  workspaceId: string,
  except: string | null,
): Promise<ReadonlySet<string>> => {
  const rows = await prisma.datasetRow.findMany({
    where: {
      workspaceId,
      ...(except !== null && { datasetId: { not: except } }),
      OR: [{ split: { in: ["test", "validation"] } }, { dataset: { gates: { some: {} } } }],
    },
    select: { inputs: true },
    take: mostRows,
  });
  const texts = rows.flatMap(({ inputs }) =>
    Object.values(inputs as Record<string, unknown>).filter((value) => typeof value === "string"),
  );
  return new Set(texts.map(normaliseText));
};
