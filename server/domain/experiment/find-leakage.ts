import type { ExperimentSpec } from "@/runtime/eval/contract/experiment-spec";
import { exampleTexts, leakingRows, trainedModels } from "@/runtime/eval/dataset/leakage";
import { readStoredDocument } from "@/server/domain/revision/read-stored-document";
import { loadRows } from "@/server/domain/training-set/row-file";
import type { Database } from "@/server/platform/db/database";

/** Training texts of the version that a reference means; none where its rows are gone. */
const textsOfModel = async (database: Database, workspaceId: string, reference: string): Promise<string[]> => {
  const [slug = "", which = ""] = reference.split("@");
  const version = await database.prisma.tunedModelVersion.findFirst({
    where: {
      workspaceId,
      tunedModel: { slug },
      ...(/^\d+$/.test(which) ? { number: Number(which) } : { stage: which as never }),
    },
    orderBy: { number: "desc" },
    select: { data: true },
  });
  const { trainingSetId } = (version?.data ?? {}) as { trainingSetId?: unknown };
  if (typeof trainingSetId !== "string") return [];
  const set = await database.prisma.trainingSet.findFirst({
    where: { id: trainingSetId, workspaceId },
    select: { fileId: true },
  });
  if (set === null) return [];
  const rows = await loadRows(database, workspaceId, set.fileId).catch(() => []);
  return rows.map(({ text }) => text);
};

/** How many rows of an experiment a variant has seen before: among the examples of its prompts and classifiers, or in what its trained models learnt from. */
export const countLeakage = async (
  database: Database,
  workspaceId: string,
  experimentId: string,
  spec: ExperimentSpec,
): Promise<number> => {
  const revisions = await database.prisma.revision.findMany({
    where: { workspaceId, id: { in: spec.variants.map(({ revisionId }) => revisionId) } },
    select: { document: true },
  });
  const documents = revisions.map(({ document }) => readStoredDocument(document));
  const references = [...new Set(documents.flatMap(trainedModels))];
  const learnt = await Promise.all(references.map((reference) => textsOfModel(database, workspaceId, reference)));
  const texts = [...documents.flatMap(exampleTexts), ...learnt.flat()];
  if (texts.length === 0) return 0;
  const rows = await database.query<{ inputs: string }>(
    `SELECT "inputs" FROM "ExperimentRow" WHERE "experimentId" = $1`,
    [experimentId],
  );
  return leakingRows(
    rows.map(({ inputs }) => ({ inputs: JSON.parse(inputs) })),
    texts,
  ).length;
};
