import { router } from "@/server/platform/trpc/procedures";
import { createServer } from "./create-server";
import { listServers } from "./list-servers";
import { refreshServer } from "./refresh-server";
import { removeServer } from "./remove-server";
import { updateServer } from "./update-server";

export const mcpRouter = router({
  list: listServers,
  create: createServer,
  update: updateServer,
  remove: removeServer,
  refresh: refreshServer,
});
