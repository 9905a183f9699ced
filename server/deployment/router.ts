import { router } from "@/server/trpc";
import { getDeployment } from "./get-deployment";
import { listCallers } from "./list-callers";
import { listDeployments } from "./list-deployments";
import { publish } from "./publish";
import { setActive } from "./set-active";
import { suggestSlug } from "./suggest-slug";

export const deploymentRouter = router({
  get: getDeployment,
  list: listDeployments,
  callers: listCallers,
  suggestSlug,
  publish,
  setActive,
});
