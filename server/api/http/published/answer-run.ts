import { publicFinishReason } from "@/runtime/run/public-events";
import { isMultipart } from "@/server/domain/file/read-upload";
import type { LiveRun } from "@/server/domain/run/live-run";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import type { Database } from "@/server/platform/db/database";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import { type Answer, jsonAnswer } from "@/server/platform/lean/answer";
import { outageRefusal } from "@/server/platform/readiness/outage";
import { outageNow } from "@/server/platform/readiness/refuse-outage";
import type { RouteCall } from "@/server/platform/route/route";
import { beginPublishedRun } from "./begin-published-run";
import { expenseOf } from "./expense-of";
import { pausedAnswer } from "./paused-answer";
import { publishedLimits } from "./published.types";
import { readRunForm } from "./read-run-form";
import { readRunRequest } from "./read-run-request";
import { runGoesOn, runNotStored, runRefusal } from "./refuse-run";
import { streamRun } from "./stream-run";

type Call = RouteCall<"api-key", { slug: string }>;

/**
 * `POST /api/v1/pipelines/{slug}/runs`: the answer as JSON, or the run's public events as they come. Asked in JSON, or as a form where files come
 * along.
 */
export const answerRun = async (call: Call): Promise<Answer> => {
  const { request, parameters, caller, database, json } = call;
  const outage = outageNow(database);
  if (outage !== null) throw outageRefusal(outage);
  const { inputs, stream } = isMultipart(request.headers)
    ? await readRunForm(call)
    : readRunRequest(await json(publishedLimits.requestBytes));
  const streams = stream ?? wantsEvents(request.headers);
  const { live, plan } = await beginPublishedRun(database, parameters.slug, caller, { inputs, streams });
  if (streams) {
    const hold = () => live.hold(publishedLimits.graceMs);
    live.keepBeginning();
    const onCut = (cut: () => void) => liveRunsOf(database).onCut(cut);
    return streamRun({ plan, open: (onMore) => live.feed(-1, onMore), hold, onCut });
  }
  return answerWhole(database, parameters.slug, live, call.onGone);
};

/** Whether the Accept header names event streams; a weight of zero says "not that". */
const wantsEvents = (headers: Headers): boolean =>
  (headers.get("accept") ?? "").split(",").some((range) => {
    const [type, ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    return type === "text/event-stream" && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });

/** Whoever asked for the whole answer and has gone will not come back for it. */
const answerWhole = async (
  database: Database,
  slug: string,
  live: LiveRun,
  onGone: Call["onGone"],
): Promise<Answer> => {
  const stay = onGone(() => live.cancel());
  const { id } = live.run;
  const { kept, cut } = await keptOrCut(database, live);
  stay();
  if (cut) throw runGoesOn(id);
  if (!kept) throw runNotStored(id);
  const { state } = live;
  const { status, outputs, error, reply } = state;
  if (error !== null) throw runRefusal(error, id);
  if (status === "paused") return pausedAnswer(slug, id, 202);
  if (status !== "success" && status !== "empty")
    throw new RouteRefusal(500, "internal", "The run did not end.", { runId: id });
  return jsonAnswer({
    runId: id,
    status,
    outputs: outputs ?? {},
    finishReason: publicFinishReason(reply),
    ...expenseOf(state),
  });
};

/** How long an ended run waits for the database where the journal does not take it; the run is stored later, but not answered. */
const keepMs = 15_000;

/** Waits until the run may be answered, or may no longer be: because the app leaves before it has ended, or because it cannot be stored now. */
const keptOrCut = (database: Database, live: LiveRun): Promise<{ readonly kept: boolean; readonly cut: boolean }> =>
  new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const settle = (kept: boolean, cut: boolean) => {
      release();
      clearTimeout(timer);
      resolve({ kept, cut });
    };
    const release = liveRunsOf(database).onCut(() => settle(false, true));
    live.ended.hear(() => {
      if (!live.kept.isSaid) timer = setTimeout(() => settle(false, false), keepMs);
    });
    live.kept.hear((kept) => settle(kept, false));
  });
