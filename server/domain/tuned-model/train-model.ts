import { trainingLimits } from "@/runtime/fine-tuning/limits";
import { loadWorkspace, resolveDefaults } from "@/server/domain/endpoint/workspace-gateway";
import { findTrainingSet, trainingSetView } from "@/server/domain/training-set/training-set-row";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { startJob } from "@/server/platform/job/start-job";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { modelForVersion } from "./create-model";
import { trainHeadJob } from "./train-job";
import { trainInput } from "./tuned-model.types";

const refuse = (field: string, message: string, hint: string) =>
  new ApplicationError("BAD_REQUEST", message, { reason: "input-invalid", hint, fields: { [field]: message } });

/** Begins a training; the version appears when the job is done. */
export const trainModel = editorProcedure.input(trainInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  const set = await findTrainingSet(database, workspaceId, input.trainingSetId);
  const { findings, labels } = trainingSetView(set);
  const fault = findings.find(({ severity }) => severity === "error");
  if (fault !== undefined) {
    throw refuse("trainingSetId", `These rows cannot be learnt from: ${fault.kind}.`, "Mend what the check found.");
  }
  const heads = labels.filter(({ train }) => train > 0).length;
  if (heads < trainingLimits.leastLabels)
    throw refuse("trainingSetId", "There are fewer than two labels.", "Add rows.");
  const workspace = await database.prisma.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
  const { endpoints } = await loadWorkspace(database, workspaceId);
  const wanted =
    input.embeddingModel === "default" ? resolveDefaults(workspace, endpoints).embedding : input.embeddingModel;
  const offered = endpoints.flatMap(({ row }) =>
    row.models.filter(({ embedding }) => embedding).map((model) => `${row.slug}/${model.name}`),
  );
  if (wanted === null || !offered.includes(wanted)) {
    throw refuse(
      "embeddingModel",
      wanted === null ? "No embedding model is set." : `No endpoint offers the embedding model "${wanted}".`,
      "Choose one of the embedding models on the models page.",
    );
  }
  const model = await modelForVersion(database, workspaceId, "classify", input);
  const jobId = await startJob(database, {
    workspaceId,
    userId: member.userId,
    subject: `tuned-model:${model.id}`,
    definition: trainHeadJob,
    input: {
      tunedModelId: model.id,
      trainingSetId: set.id,
      fileId: set.fileId,
      contentHash: set.contentHash,
      setName: set.name,
      embeddingModel: wanted,
      testShare: input.testShare,
      settings: input.settings,
      notes: input.notes,
    },
  });
  return { jobId, modelId: model.id };
});
