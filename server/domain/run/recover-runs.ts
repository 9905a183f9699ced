import type { Plan } from "@/runtime/plan/plan";
import { endedTurn } from "@/runtime/run/ended-turn";
import type { RunErrorData } from "@/runtime/run/errors";
import type { RunEvent } from "@/runtime/run/events";
import { interruptEvents } from "@/runtime/run/interrupt";
import { bindingsOf, boundModels } from "@/server/domain/endpoint/bound-models";
import { workspaceGateway } from "@/server/domain/endpoint/workspace-gateway";
import { planOfRevision } from "@/server/domain/revision/plan-of-revision";
import { readRunLog } from "@/server/domain/run-log/read-run-log";
import type { Database } from "@/server/platform/db/database";
import { figuresOfLog } from "./figures/view-of-plan";
import { replayJournals } from "./journal/replay-journal";
import { type LiveRuns, liveRunsOf } from "./live-runs";
import { foldRun, type RunIdentity, summaryOf } from "./run-record";
import { servicesOfRun } from "./services-of-run";
import { leaseMs, writeRuns } from "./write-runs";

/** A run that has taken its process down with it so often will do it again. */
const mostResumes = 3;

/** Which runs a process takes up: those of callers, all others, or whatever there is. */
export type RunShare = "published" | "own" | "all";

/**
 * Runs whose process is dead. The embedded database has one process at a time for each share of the runs, so what is not of this one is of a dead one;
 * processes on a server's tell by their leases.
 */
const abandoned = `"status" = 'running' AND NOT "id" = ANY($1::text[])
  AND ($2::text = 'all' OR ("trigger" = 'api') = ($2::text = 'published'))
  AND ($3 OR "leaseUntil" IS NULL OR "leaseUntil" < (now() AT TIME ZONE 'utc'))`;

/**
 * Takes up every run that a dead process left under way: from its log where it can go on, else it is ended as interrupted. Resolves when
 * all are running again or ended; what they do then goes on by itself.
 */
export const recoverRuns = async (
  database: Database,
  live: LiveRuns = liveRunsOf(database),
  share: RunShare = "all",
): Promise<void> => {
  const alone = database.kind === "embedded";
  const whose = [live.ids, share, alone];
  const found = await database.query<{ id: string }>(`SELECT "id" FROM "Run" WHERE ${abandoned}`, whose);
  for (const { id } of found) {
    try {
      await recoverRun(database, live, id, share);
    } catch (error) {
      // One run that cannot be taken up must not keep the others, or the app, from starting.
      console.error(`run ${id} could not be taken up again:`, error);
    }
  }
};

/** Takes one up, where it is of this process's share; with `isUntold` only one that was told to go on and that nobody has taken up since. */
export const recoverRun = async (
  database: Database,
  live: LiveRuns,
  id: string,
  share: RunShare,
  isUntold = false,
): Promise<void> => {
  const alone = database.kind === "embedded";
  const log = await readRunLog(database, id);
  const next = (log.at(-1)?.seq ?? -1) + 1;
  const known = await database.prisma.run.findUnique({ where: { id }, select: { revisionId: true } });
  if (known === null) return;
  // Before it is claimed: where the database goes away here, whoever looks next finds it as it was.
  const compiled = await planOfRevision(database, known.revisionId);
  // Whoever changes the row first has the run.
  const [run] = await database.query<RunIdentity & { resumedAt: number[] }>(
    // One that nobody has taken up since people answered has not taken a process down.
    `UPDATE "Run" SET "resumedAt" = CASE WHEN "leaseUntil" IS NULL AND $7 THEN "resumedAt" ELSE array_append("resumedAt", $5::int) END,
       "leaseUntil" = (now() AT TIME ZONE 'utc') + $6 * interval '1 millisecond'
     WHERE ${abandoned} AND "id" = $4 AND (NOT $8 OR "leaseUntil" IS NULL)
     RETURNING "id", "workspaceId", "pipelineId", "revisionId", "deploymentId", "apiKeyId", "userId", "trigger", "way", "resumedAt"`,
    [live.ids, share, alone, id, next, leaseMs, log.at(-1)?.type === "run-resumed", isUntold],
  );
  if (run === undefined) return;
  const { resumedAt, ...identity } = run;
  if (log.at(-1)?.type === "run-paused") {
    await database.query(`UPDATE "Run" SET "status" = 'paused' WHERE "id" = $1 AND "status" = 'running'`, [id]);
    return;
  }
  const plan = compiled.ok ? compiled.value : null;
  const interrupt = (message: string) =>
    endInterrupted(database, identity, plan, log, { code: "interrupted", message });
  if (resumedAt.length > mostResumes) {
    await interrupt(`The app stopped ${resumedAt.length} times while this run was under way.`);
    return;
  }
  if (!compiled.ok) {
    await interrupt("The app was restarted, and this version of the pipeline can no longer run.");
    return;
  }
  const bindings = await bindingsOf(database, identity);
  live.start({
    run: identity,
    plan: compiled.value,
    inputs: {},
    models: boundModels(workspaceGateway(database, run.workspaceId, identity.apiKeyId ?? undefined), bindings),
    services: servicesOfRun(database, identity, { userId: identity.userId ?? undefined }),
    // Nobody has been shown anything of it by this process, and whoever comes must not be shown what could be lost again.
    pace: "watched",
    resume: log,
  });
};

const endInterrupted = async (
  database: Database,
  run: RunIdentity,
  plan: Plan | null,
  log: readonly RunEvent[],
  error: RunErrorData,
): Promise<void> => {
  const events = interruptEvents(log, error, new Date().toISOString());
  if (events.length === 0) throw new Error("its log is empty or has ended, but its row has not");
  const summary = summaryOf(foldRun([...log, ...events]));
  const turn = endedTurn([...log, ...events]);
  const figures = run.deploymentId === null ? {} : { figures: figuresOfLog(plan, [...log, ...events]) };
  await writeRuns(database, [
    { run, isNew: false, events, summary, withdraws: true, ...(turn === null ? {} : { turn }), ...figures },
  ]);
};

/** On a database that several processes share: vouches for the runs of this one, and takes up those nobody vouches for. */
export const keepLeases = (database: Database, share: RunShare = "all"): (() => void) => {
  if (database.kind === "embedded") return () => {};
  const beat = async () => {
    const live = liveRunsOf(database);
    if (live.ids.length > 0) {
      await database.query(
        `UPDATE "Run" SET "leaseUntil" = (now() AT TIME ZONE 'utc') + $2 * interval '1 millisecond'
         WHERE "id" = ANY($1::text[]) AND "status" = 'running'`,
        [live.ids, leaseMs],
      );
    }
    const { journal } = live.recorder;
    if (journal !== null) await replayJournals(database, journal.folder, false);
    await recoverRuns(database, live, share);
  };
  const timer = setInterval(() => {
    beat().catch((error) => console.error("the leases of runs could not be renewed:", error));
  }, leaseMs / 3);
  timer.unref();
  return () => clearInterval(timer);
};
