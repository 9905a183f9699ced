import { isDatabaseGone } from "@/server/platform/db/database-gone";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import { isDiskFull } from "./disk";

/** Why the app cannot do its work now, through nobody's fault who calls it. It passes by itself, or an operator ends it. */
export const outages = {
  "disk-full": {
    message: "There is no room left on the disk that the app stores on, so nothing new is begun.",
    hint: "Try again when the operator has freed some space.",
    retryAfterSeconds: 30,
  },
  "database-gone": {
    message: "The database cannot be reached at the moment.",
    hint: "Try again in a few seconds.",
    retryAfterSeconds: 5,
  },
  leaving: {
    message: "The app is being stopped or restarted and takes nothing new.",
    hint: "Try again in a few seconds.",
    retryAfterSeconds: 5,
  },
} as const satisfies Record<string, { message: string; hint: string; retryAfterSeconds: number }>;
export type Outage = keyof typeof outages;

export const isOutage = (reason: string | undefined): reason is Outage =>
  reason !== undefined && Object.hasOwn(outages, reason);

/** Says that work was cut off by an outage whose own error is no longer at hand. */
export class OutageError extends Error {
  constructor(readonly outage: Outage) {
    super(outages[outage].message);
    this.name = "OutageError";
  }
}

/** The outage that an error stems from; null where it is something else. */
export const outageOf = (error: unknown): Outage | null => {
  if (error instanceof OutageError) return error.outage;
  if (isDatabaseGone(error)) return "database-gone";
  return isDiskFull(error) ? "disk-full" : null;
};

/** 503 with the time to come back. */
export const outageRefusal = (outage: Outage): RouteRefusal => {
  const { message, hint, retryAfterSeconds } = outages[outage];
  return new RouteRefusal(503, outage, message, { hint }, { "retry-after": String(retryAfterSeconds) });
};
