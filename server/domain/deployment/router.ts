import { router } from "@/server/platform/trpc/procedures";
import { deploymentPage } from "./deployment-page";
import { describeDeployment } from "./describe/describe-procedure";
import { closure } from "./environment/closure";
import { listEnvironments, setEnvironment } from "./environment/environments";
import { comparePromotion, promote } from "./environment/promote";
import { getDeployment } from "./get-deployment";
import { listCallers } from "./list-callers";
import { listDeployments } from "./list-deployments";
import { publish } from "./publish";
import { rollBack } from "./roll-back";
import { setActive } from "./set-active";
import { setChatMapping } from "./set-chat-mapping";
import { setFollow } from "./set-follow";
import { setDeploymentLimits } from "./set-limits";
import { suggestSlug } from "./suggest-slug";

export const deploymentRouter = router({
  get: getDeployment,
  list: listDeployments,
  page: deploymentPage,
  callers: listCallers,
  suggestSlug,
  publish,
  rollBack,
  setActive,
  describe: describeDeployment,
  setChatMapping,
  setLimits: setDeploymentLimits,
  setFollow,
  environments: listEnvironments,
  setEnvironment,
  comparePromotion,
  promote,
  closure,
});
