import { router } from "@/server/platform/trpc/procedures";
import { getWorkspace } from "./get-workspace";
import { updateWorkspace } from "./update-workspace";

export const workspaceRouter = router({ get: getWorkspace, update: updateWorkspace });
