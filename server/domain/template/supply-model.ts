import { headSettings } from "@/runtime/fine-tuning/train-head";
import { loadWorkspace, resolveDefaults } from "@/server/domain/endpoint/workspace-gateway";
import { readSource } from "@/server/domain/training-set/read-source";
import { storeTrainingSet } from "@/server/domain/training-set/training-set-row";
import { modelForVersion } from "@/server/domain/tuned-model/create-model";
import { trainHeadJob } from "@/server/domain/tuned-model/train-job";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError } from "@/server/platform/guard/application-error";
import type { Member } from "@/server/platform/guard/member";
import { startJob } from "@/server/platform/job/start-job";
import type { ModelSupply } from "@/templates/lib/supplies";
import { readAsset } from "./read-asset";
import type { Supplied } from "./supplied";

const testShare = 0.2;

/** The newest version of the model made from this supply; its first, which is trained now, where there is none. */
export const supplyModel = async (
  database: Database,
  member: Member,
  suppliedBy: string,
  supply: ModelSupply,
): Promise<Supplied> => {
  const { prisma } = database;
  const { workspaceId, userId } = member;
  const known = await prisma.tunedModel.findUnique({
    where: { workspaceId_suppliedBy: { workspaceId, suppliedBy } },
    select: { id: true, slug: true, versions: { orderBy: { number: "desc" }, take: 1, select: { number: true } } },
  });
  const [newest] = known?.versions ?? [];
  if (known && newest) return { value: `${known.slug}@${newest.number}`, jobId: null };
  const model = known ?? (await newModel(database, workspaceId, suppliedBy, supply));
  const value = `${model.slug}@1`;
  const subject = `tuned-model:${model.id}` as const;
  const training = await prisma.job.findFirst({
    where: { workspaceId, subject, status: { in: ["queued", "running"] } },
    select: { id: true },
  });
  if (training !== null) return { value, jobId: training.id };
  const input = { ...(await newTrainingSet(database, workspaceId, supply)), tunedModelId: model.id };
  return { value, jobId: await startJob(database, { workspaceId, userId, subject, definition: trainHeadJob, input }) };
};

const newModel = async (database: Database, workspaceId: string, suppliedBy: string, { slug, name }: ModelSupply) => {
  const model = await modelForVersion(database, workspaceId, "classify", { name: slug });
  await database.prisma.tunedModel.update({ where: { id: model.id }, data: { name, suppliedBy } });
  return model;
};

const newTrainingSet = async (database: Database, workspaceId: string, { name, asset }: ModelSupply) => {
  const source = { kind: "text", text: (await readAsset(asset)).toString("utf8") } as const;
  const { rows, leftOut } = await readSource(database, workspaceId, source, undefined, { headerRows: 1 });
  const columns = await storeTrainingSet(database, workspaceId, name, rows, leftOut);
  const set = await database.prisma.trainingSet.create({ data: { workspaceId, name, ...columns } });
  const workspace = await database.prisma.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
  const embeddingModel = resolveDefaults(workspace, (await loadWorkspace(database, workspaceId)).endpoints).embedding;
  if (embeddingModel === null) {
    throw new ApplicationError("BAD_REQUEST", "This template trains a model, which takes an embedding model.", {
      reason: "input-invalid",
      hint: "Choose a default embedding model on the models page, then open the template again.",
    });
  }
  return {
    trainingSetId: set.id,
    fileId: set.fileId,
    contentHash: set.contentHash,
    setName: set.name,
    embeddingModel,
    testShare,
    settings: headSettings.parse({}),
    notes: "",
  };
};
