import { type Taken, takeEvent } from "@/server/domain/trigger/take-event";
import { triggerLimits as limits } from "@/server/domain/trigger/trigger.types";
import { readBounded } from "@/server/platform/guard/bounded-body";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import { type Answer, jsonAnswer } from "@/server/platform/lean/answer";
import type { LeanRoute } from "@/server/platform/lean/lean-listener";
import { outageRefusal } from "@/server/platform/readiness/outage";
import { outageNow } from "@/server/platform/readiness/refuse-outage";
import { guardRoute, type RouteCall } from "@/server/platform/route/route";

const statuses = { unknown: 404, forged: 401, unfit: 422, later: 503, "too-many": 429 } as const;
const codes = {
  unknown: "not-found",
  forged: "signature-invalid",
  unfit: "event-unfit",
  later: "unavailable",
  "too-many": "too-many-events",
} as const;

const refusalOf = ({ kind, message }: Exclude<Taken, { kind: "taken" }>): RouteRefusal =>
  new RouteRefusal(
    statuses[kind],
    codes[kind],
    message,
    { hint: "The log of the trigger says more to the owner of the pipeline." },
    kind === "later" || kind === "too-many" ? { "retry-after": "60" } : {},
  );

/** `POST /api/hooks/{hookId}`: something happened at another program. 202 once it is noted and its run is in the queue; 200 where it had come before. */
export const answerHook = async ({
  request,
  parameters: { hookId },
  database,
}: RouteCall<"public", { hookId: string }>): Promise<Answer> => {
  const outage = outageNow(database);
  if (outage !== null) throw outageRefusal(outage);
  const body = await readBounded(request as never, limits.bytes);
  const taken = await takeEvent(database, hookId, { headers: request.headers, body, now: Date.now() });
  if (taken.kind !== "taken") throw refusalOf(taken);
  return jsonAnswer({ eventId: taken.eventId, duplicate: taken.isAgain }, taken.isAgain ? 200 : 202);
};

/** Called by programs of others: what makes it theirs is the signature. */
export const hookRoute = guardRoute({ auth: "public", anyHost: true }, answerHook);

export const hookRoutes: readonly LeanRoute[] = [{ method: "POST", path: "/api/hooks/[hookId]", handler: hookRoute }];
