import http from "node:http";
import type { AddressInfo } from "node:net";
import { publishedRoutes } from "@/server/api/http/published/routes";
import { openRunJournal } from "@/server/domain/run/journal/open-run-journal";
import { recoverRuns } from "@/server/domain/run/recover-runs";
import { getDatabase } from "@/server/platform/db/database";
import { leanListener } from "@/server/platform/lean/lean-listener";
import { keepBackgroundRuns } from "./keep-background-runs";

/** For tests: a process that takes background runs, made to be killed. Says its port. The database and the data folder are in its environment. */
const database = await getDatabase();
await openRunJournal(database);
await recoverRuns(database);
keepBackgroundRuns(database, 200);
const routes = leanListener(publishedRoutes);
const server = http.createServer((incoming, outgoing) => {
  if (!routes(incoming, outgoing)) outgoing.writeHead(404).end();
});
server.listen(0, "127.0.0.1", () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
