import { router } from "@/server/trpc";
import { createDataset } from "./create-dataset";
import { addRows, markRows, removeRows, updateRow } from "./edit-rows";
import { getDataset } from "./get-dataset";
import { importRows, previewTable } from "./import-rows";
import { listDatasets } from "./list-datasets";
import { listRows } from "./list-rows";
import { saveVersion } from "./save-version";
import { splitRows } from "./split-rows";
import { removeDataset, updateDataset } from "./update-dataset";

export const datasetRouter = router({
  list: listDatasets,
  get: getDataset,
  create: createDataset,
  update: updateDataset,
  remove: removeDataset,
  rows: listRows,
  addRows,
  updateRow,
  removeRows,
  markRows,
  splitRows,
  preview: previewTable,
  importRows,
  saveVersion,
});
