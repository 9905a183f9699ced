import { router } from "@/server/platform/trpc/procedures";
import {
  cancelBatchProcedure,
  listBatches,
  previewBatch,
  removeBatch,
  retryBatchProcedure,
  startBatchProcedure,
} from "./batch-procedures";

export const batchRouter = router({
  list: listBatches,
  preview: previewBatch,
  start: startBatchProcedure,
  cancel: cancelBatchProcedure,
  retry: retryBatchProcedure,
  remove: removeBatch,
});
