import { router } from "@/server/platform/trpc/procedures";
import { forecastGate } from "./forecast-gate";
import { checkGate, getGate, removeGate, setGate } from "./gate-procedures";

export const gateRouter = router({
  get: getGate,
  set: setGate,
  remove: removeGate,
  check: checkGate,
  forecast: forecastGate,
});
