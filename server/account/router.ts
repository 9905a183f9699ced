import { router } from "@/server/trpc";
import { getAccount } from "./get-account";
import { setPassword } from "./set-password";
import { updateAccount } from "./update-account";

export const accountRouter = router({ get: getAccount, update: updateAccount, setPassword });
