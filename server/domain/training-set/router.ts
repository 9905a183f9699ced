import { router } from "@/server/platform/trpc/procedures";
import { cleanTrainingSet } from "./clean-training-set";
import { createTrainingSet } from "./create-training-set";
import { getTrainingSet } from "./get-training-set";
import { listTrainingSets } from "./list-training-sets";
import { previewRows } from "./preview-rows";
import { removeTrainingSet } from "./remove-training-set";
import { runFields } from "./run-fields";

export const trainingSetRouter = router({
  list: listTrainingSets,
  get: getTrainingSet,
  preview: previewRows,
  create: createTrainingSet,
  clean: cleanTrainingSet,
  remove: removeTrainingSet,
  runFields,
});
