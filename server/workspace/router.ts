import { router } from "@/server/trpc";
import { getWorkspace } from "./get-workspace";
import { updateWorkspace } from "./update-workspace";

export const workspaceRouter = router({ get: getWorkspace, update: updateWorkspace });
