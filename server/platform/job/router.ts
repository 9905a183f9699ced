import { router } from "@/server/platform/trpc/procedures";
import { cancelJob } from "./cancel-job";
import { getJob } from "./get-job";
import { listJobs } from "./list-jobs";
import { watchJob } from "./watch-job";

export const jobRouter = router({
  get: getJob,
  list: listJobs,
  watch: watchJob,
  cancel: cancelJob,
});
