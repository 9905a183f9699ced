import { router } from "@/server/trpc";
import { createDataset } from "./create-dataset";
import { getDataset } from "./get-dataset";
import { listDatasets } from "./list-datasets";
import { saveVersion } from "./save-version";

export const datasetRouter = router({
  list: listDatasets,
  get: getDataset,
  create: createDataset,
  saveVersion,
});
