import type { Database } from "@/server/platform/db/database";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { diskOf } from "./disk";
import { isLeaving } from "./leaving";
import { type Outage, outages } from "./outage";

export const outageError = (outage: Outage): ApplicationError => {
  const { message, hint } = outages[outage];
  return new ApplicationError("SERVICE_UNAVAILABLE", message, { reason: outage, hint });
};

/** Why no run may be begun now: it could not be stored, or would be cut off at once. */
export const outageNow = (database: Database): Outage | null => {
  if (isLeaving(database)) return "leaving";
  return diskOf(database).isFull ? "disk-full" : null;
};
