import { router } from "@/server/platform/trpc/procedures";
import { createTrigger, listTriggers, removeTrigger, updateTrigger } from "./trigger-procedures";

export const triggerRouter = router({
  list: listTriggers,
  create: createTrigger,
  update: updateTrigger,
  remove: removeTrigger,
});
