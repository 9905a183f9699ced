import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { RunState } from "@/runtime/run/reduce";
import { claimKey, type KeyedRequest, keepKey, releaseKey, takeOverKey } from "@/server/domain/idempotency/claim-key";
import { turnOfRun } from "@/server/domain/run/conversation/turn-of-run";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import { foldRun } from "@/server/domain/run/run-record";
import { readRunLog } from "@/server/domain/run-log/read-run-log";
import type { Database } from "@/server/platform/db/database";
import type { Answer } from "@/server/platform/lean/answer";
import { answerNew, type NewRun, type RunCall, wholeState } from "./answer-new";
import { findPublished } from "./begin-published-run";
import { answerGone, hashRequest, keyReused, stillBeginning, tooManyKeys } from "./keyed-request";
import { runGoesOn } from "./refuse-run";
import { findRunStream } from "./resume-stream";
import { acceptedAnswer } from "./run-answer";

/** A run that is asked for, and what else of the request tells it from another: how its answer is said. */
type Asked = Omit<NewRun, "keyed"> & { readonly also?: unknown };

/** How long a second request waits for the run of the first to come into being, and how often it looks. */
const longestWaitMs = 5_000;
const lookMs = 50;

/**
 * Answers a request that must not start a second run: the first one with its key starts it, every other gets that run's answer by the same way, while it is
 * under way or after it has ended.
 */
export const answerKeyed = async (
  call: RunCall,
  { apiKeyId, key }: Pick<KeyedRequest, "apiKeyId" | "key">,
  asked: Asked,
): Promise<Answer> => {
  const { caller, database } = call;
  const { slug } = asked;
  // Whoever may not run this pipeline leaves no trace of a key.
  const { plan, deployment } = await findPublished(database, slug, caller);
  const requestHash = await hashRequest(database, deployment.workspaceId, plan.inputFields, asked);
  const request: KeyedRequest = { apiKeyId, key, requestHash };
  const runId = randomUUID();
  const until = performance.now() + longestWaitMs;
  for (;;) {
    const claim = await claimKey(database, request, runId);
    if (claim.kind === "mine") return answerFirst(call, request, runId, asked);
    if (claim.kind === "reused") throw keyReused(request);
    if (claim.kind === "too-many") throw tooManyKeys();
    if (await isThere(database, claim.runId)) {
      call.responseHeaders.set("idempotency-replayed", "true");
      return answerAgain(call, claim.runId, asked);
    }
    if (claim.isKept) throw answerGone();
    if (await takeOverKey(database, request, claim.runId, runId)) return answerFirst(call, request, runId, asked);
    if (performance.now() > until) throw stillBeginning();
    await wait(lookMs);
  }
};

const report = (error: unknown) => console.error("an idempotency key could not be noted:", error);

const answerFirst = async (call: RunCall, request: KeyedRequest, runId: string, asked: Asked): Promise<Answer> => {
  const { database } = call;
  let hasBegun = false;
  try {
    return await answerNew(call, {
      ...asked,
      keyed: {
        runId,
        begun: (live) => {
          hasBegun = true;
          if (live === null) void keepKey(database, request, runId).catch(report);
          else {
            live.kept.hear((kept) => {
              // A run that could not be stored was not answered: it may be asked for again.
              const noted = kept ? keepKey(database, request, runId) : releaseKey(database, request, runId);
              void noted.catch(report);
            });
          }
        },
      },
    });
  } catch (error) {
    if (!hasBegun) await releaseKey(database, request, runId).catch(report);
    throw error;
  }
};

const isThere = async (database: Database, runId: string): Promise<boolean> => {
  if (liveRunsOf(database).get(runId) !== undefined) return true;
  const [found] = await database.query<{ id: string }>(
    `SELECT "id" FROM "Run" WHERE "id" = $1 UNION ALL SELECT "id" FROM "BackgroundRun" WHERE "id" = $1 LIMIT 1`,
    [runId],
  );
  return found !== undefined;
};

const answerAgain = async (call: RunCall, runId: string, { slug, way, streams, form }: Asked): Promise<Answer> => {
  const { caller, database, request } = call;
  if (way === "background") return acceptedAnswer(slug, runId, (await turnOfRun(database, runId)) ?? {});
  if (streams)
    return form.stream(await findRunStream(database, slug, runId, caller, request.headers.get("last-event-id")));
  const live = liveRunsOf(database).get(runId);
  return form.whole(
    slug,
    live === undefined ? await storedState(call, runId) : await wholeState(database, live, call.onGone),
  );
};

/** How often the row of a run that another process has under way is looked at. */
const followMs = 500;

/** A run that is not under way here, once it has ended or waits for people. */
const storedState = async ({ database, onGone }: RunCall, runId: string): Promise<RunState> => {
  const left = new AbortController();
  const stay = onGone(() => left.abort());
  const release = liveRunsOf(database).onCut(() => left.abort());
  try {
    for (;;) {
      const run = await database.prisma.run.findUnique({ where: { id: runId }, select: { status: true } });
      if (run === null) throw answerGone();
      if (run.status !== "running") return foldRun(await readRunLog(database, runId));
      await wait(followMs, undefined, { signal: left.signal }).catch(() => {});
      if (left.signal.aborted) throw runGoesOn(runId);
    }
  } finally {
    stay();
    release();
  }
};
