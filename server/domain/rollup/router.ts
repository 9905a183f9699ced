import { router } from "@/server/platform/trpc/procedures";
import { deploymentFigures } from "./deployment-figures";
import { setLatencyBudget } from "./set-latency-budget";
import { workspaceFigures } from "./workspace-figures";

export const rollupRouter = router({ deployment: deploymentFigures, workspace: workspaceFigures, setLatencyBudget });
