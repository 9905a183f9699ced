import { router } from "@/server/platform/trpc/procedures";
import { checkMove, moveProcedure, planMove } from "./move-procedures";
import { usedBy } from "./used-by";

export const promptLabelRouter = router({
  usedBy,
  plan: planMove,
  check: checkMove,
  move: moveProcedure,
});
