import type { Plan } from "@/runtime/plan/plan";
import type { RunState } from "@/runtime/run/reduce";
import { acceptRun } from "@/server/domain/background-run/accept-run";
import { runQueueOf } from "@/server/domain/background-run/run-queue";
import { releaseTurn } from "@/server/domain/conversation/claim-turn";
import { conversationOf } from "@/server/domain/run/conversation/conversation-of";
import type { LiveRun } from "@/server/domain/run/live-run";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import type { RunWay } from "@/server/domain/run/run-record";
import type { Admission } from "@/server/domain/usage/admit-run";
import type { Database } from "@/server/platform/db/database";
import type { Answer } from "@/server/platform/lean/answer";
import type { RouteCall } from "@/server/platform/route/route";
import { type Admitted, beginPublishedRun, preparePublishedRun } from "./begin-published-run";
import { publishedLimits, type Talk } from "./published.types";
import { queueFull, runGoesOn, runNotStored } from "./refuse-run";
import { rateLimitHeaders } from "./refuse-usage";
import { acceptedAnswer, wholeAnswer } from "./run-answer";
import { type RunStream, streamRun } from "./stream-run";

export type RunCall = Pick<
  RouteCall<"api-key", unknown>,
  "request" | "caller" | "database" | "onGone" | "responseHeaders"
>;

/** How an answer is said: by this API's own words, or by those of another that its clients know. */
export interface AnswerForm {
  readonly whole: (slug: string, state: RunState) => Answer;
  readonly stream: (stream: RunStream) => Answer;
}

export const ownAnswers: AnswerForm = { whole: wholeAnswer, stream: streamRun };

export interface NewRun {
  readonly slug: string;
  readonly inputs: unknown;
  /** Called once the run may begin: gives the inputs in place of those above, which then only tell the request from another. */
  readonly admitted?: Admitted | undefined;
  /** Told when the run has begun, or, with null, waits for its turn; where the request is refused it is not. */
  readonly begun?: ((live: LiveRun | null, plan: Plan | null) => void) | undefined;
  /** Left out: a run by itself, also of a pipeline that keeps conversations. */
  readonly talk?: Talk;
  readonly way: RunWay;
  /** The number of a version that is asked for; left out: what is live. */
  readonly version?: number | null;
  readonly streams: boolean;
  readonly form: AnswerForm;
  /** How long a stream that broke waits for its caller to come back; 0 where none can. */
  readonly graceMs?: number;
  /** Where the caller may send the request again: the run's id, and whoever wants to know that it has begun. The run then goes on when the caller has gone. */
  readonly keyed?: { readonly runId: string; readonly begun: (live: LiveRun | null) => void };
}

/** Only where something is limited: every header beyond the usual ones costs. */
const tellLimits = (call: RunCall, admission: Admission | null): void => {
  if (admission === null) return;
  for (const [name, value] of Object.entries(rateLimitHeaders(admission))) call.responseHeaders.set(name, value);
};

/** Runs a pipeline once and answers by the way that was asked for. */
export const answerNew = async (
  call: RunCall,
  {
    slug,
    inputs,
    admitted,
    begun,
    talk,
    way,
    version = null,
    streams,
    form,
    keyed,
    graceMs = publishedLimits.graceMs,
  }: NewRun,
): Promise<Answer> => {
  const { caller, database } = call;
  const own = { admitted, ...(keyed !== undefined && { runId: keyed.runId }) };
  // Only where it was asked for: every header beyond the usual ones costs.
  if (version !== null) call.responseHeaders.set("x-pipewright-version", String(version));
  const asks = talk === undefined ? {} : { talk };
  if (way === "background") {
    const prepared = await preparePublishedRun(database, slug, caller, { inputs, way, version, ...own, ...asks });
    tellLimits(call, prepared.admission);
    if ((await acceptRun(database, prepared.run, prepared.inputs)) === "queue-full") {
      await prepared.admission?.release();
      if (prepared.conversation !== null) await releaseTurn(database, prepared.run.id);
      throw queueFull();
    }
    begun?.(null, null);
    keyed?.begun(null);
    runQueueOf(database).wake();
    return acceptedAnswer(slug, prepared.run.id, conversationOf(prepared));
  }
  const { live, plan, admission } = await beginPublishedRun(database, slug, caller, {
    ...(liveRunsOf(database).tracesCallers && { traceParent: call.request.headers.get("traceparent") }),
    inputs,
    streams,
    way,
    version,
    ...own,
    ...asks,
  });
  begun?.(live, plan);
  tellLimits(call, admission);
  if (keyed !== undefined) {
    live.outlivesCallers = true;
    live.keepBeginning();
    keyed.begun(live);
  }
  if (streams) {
    const hold = () => live.hold(graceMs);
    live.keepBeginning();
    const onCut = (cut: () => void) => liveRunsOf(database).onCut(cut);
    return form.stream({ plan, open: (onMore) => live.feed(-1, onMore), hold, onCut });
  }
  return form.whole(slug, await wholeState(database, live, call.onGone));
};

/** Whoever asked for the whole answer and has gone will not come back for it, unless by a key. */
export const wholeState = async (database: Database, live: LiveRun, onGone: RunCall["onGone"]): Promise<RunState> => {
  const stay = live.outlivesCallers ? () => {} : onGone(() => live.cancel());
  const { kept, cut } = await keptOrCut(database, live);
  stay();
  if (cut) throw runGoesOn(live.run.id);
  if (!kept) throw runNotStored(live.run.id);
  return live.state;
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
