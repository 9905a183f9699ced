import { router } from "@/server/platform/trpc/procedures";
import { endOtherSessions, endSession } from "./end-sessions";
import { getAccount } from "./get-account";
import { listSessions } from "./list-sessions";
import { setPassword } from "./set-password";
import { updateAccount } from "./update-account";

export const accountRouter = router({
  get: getAccount,
  update: updateAccount,
  setPassword,
  sessions: listSessions,
  endSession,
  endOtherSessions,
});
