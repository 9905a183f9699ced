import { router } from "@/server/platform/trpc/procedures";
import { getSheet } from "./get-sheet";
import { listSheets } from "./list-sheets";
import { previewSheet } from "./preview-sheet";
import { removeSheet } from "./remove-sheet";
import { resumeSheet } from "./resume-sheet";
import { sheetRows } from "./sheet-rows";
import { startSheet } from "./start-sheet";

export const sheetRouter = router({
  list: listSheets,
  get: getSheet,
  rows: sheetRows,
  preview: previewSheet,
  start: startSheet,
  resume: resumeSheet,
  remove: removeSheet,
});
