import { router } from "@/server/platform/trpc/procedures";
import { addFeedback, addRuns } from "./add-runs";
import { checkDataset } from "./check-dataset";
import { createDataset } from "./create-dataset";
import { addRows, markRows, removeRows, updateRow } from "./edit-rows";
import { generateRows } from "./generate-rows";
import { getDataset } from "./get-dataset";
import { importRows, previewTable } from "./import-rows";
import { expectMajority, labelAgreement, labelRow } from "./label-rows";
import { listDatasets } from "./list-datasets";
import { listRows } from "./list-rows";
import { diffVersion, restoreVersion } from "./restore-version";
import { sampleRows } from "./sample-rows";
import { saveVersion } from "./save-version";
import { splitRows } from "./split-rows";
import { removeDataset, updateDataset } from "./update-dataset";

export const datasetRouter = router({
  list: listDatasets,
  get: getDataset,
  create: createDataset,
  update: updateDataset,
  remove: removeDataset,
  check: checkDataset,
  rows: listRows,
  sample: sampleRows,
  addRows,
  addRuns,
  addFeedback,
  generateRows,
  updateRow,
  removeRows,
  markRows,
  splitRows,
  labelRow,
  agreement: labelAgreement,
  expectMajority,
  preview: previewTable,
  importRows,
  saveVersion,
  diffVersion,
  restoreVersion,
});
