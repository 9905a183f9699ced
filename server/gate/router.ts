import { router } from "@/server/trpc";
import { checkGate, getGate, removeGate, setGate } from "./gate-procedures";

export const gateRouter = router({ get: getGate, set: setGate, remove: removeGate, check: checkGate });
