import { router } from "@/server/platform/trpc/procedures";
import { correctionsToDataset } from "./corrections-to-dataset";
import { countOpen } from "./count-open";
import { decideTask, decideTasks } from "./decide-task";
import { getTask } from "./get-task";
import { inboxStatistics } from "./inbox-statistics";
import { listTasks } from "./list-tasks";
import { getMail, removeMail, setMail, testMail } from "./mail/mail-procedures";
import { reserveTask } from "./reserve-task";

export const inboxRouter = router({
  list: listTasks,
  get: getTask,
  count: countOpen,
  reserve: reserveTask,
  decide: decideTask,
  decideMany: decideTasks,
  statistics: inboxStatistics,
  toDataset: correctionsToDataset,
  mail: getMail,
  setMail,
  removeMail,
  testMail,
});
