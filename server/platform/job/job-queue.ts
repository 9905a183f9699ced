import { type JobWithMetadata, PgBoss } from "pg-boss";
import type { Database } from "@/server/platform/db/database";
import type { JobDefinition } from "./define-job";
import { liveJobsOf } from "./live-jobs";
import { takeUpJob } from "./take-up-job";

const queueName = "jobs";

/** Jobs under way at once in this process, and of one workspace in all processes. */
const mostAtOnce = 3;
const mostOfWorkspace = 2;

/**
 * Hands out jobs by pg-boss, which lives in the same database under its own schema. A job there carries only an id, that of the `Job` row, which
 * says everything else: so handing a row out twice does nothing, and the queue can be lost without losing a job.
 */
export class JobQueue {
  readonly #boss: PgBoss;
  readonly #workers: string[] = [];
  /** Jobs that this process works on now. */
  readonly #held = new Set<string>();

  constructor(
    private readonly database: Database,
    private readonly definitions: readonly JobDefinition[],
  ) {
    this.#boss = new PgBoss({
      db: { executeSql: async (sql, values) => ({ rows: await database.query(sql, values) }) },
      backend: database.kind === "embedded" ? "pglite" : "postgres",
      schedule: false,
      // It has no flows here; looking for them less often leaves the database in peace.
      flowIntervalSeconds: 600,
      superviseIntervalSeconds: 30,
      monitorIntervalSeconds: 30,
      monitorVacuum: false,
    });
    this.#boss.on("error", (error) => console.error("the job queue:", error));
  }

  async start(): Promise<void> {
    const { database } = this;
    await this.#boss.start();
    await this.#boss.createQueue(queueName, {
      // A job that ends in any way is completed; only one whose process died is handed out again.
      retryLimit: 20,
      retryDelay: 0,
      heartbeatSeconds: 60,
      expireInSeconds: 23 * 3600,
      retentionSeconds: 30 * 24 * 3600,
      deleteAfterSeconds: 3600,
    });
    await this.#handOutWaiting();
    // New jobs wake a worker of this process at once; those of other processes are found by looking.
    const pollingIntervalSeconds = database.kind === "embedded" ? 60 : 2;
    const options = { pollingIntervalSeconds, includeMetadata: true, groupConcurrency: mostOfWorkspace } as const;
    for (let index = 0; index < mostAtOnce; index += 1) {
      this.#workers.push(
        await this.#boss.work(queueName, options, (jobs: JobWithMetadata<object>[]) => this.#work(jobs)),
      );
    }
    liveJobsOf(database).handOutBy((job) => this.#handOut(job));
  }

  /** Ends the jobs under way here and gives them back to the queue, from which any process takes them up at once. */
  async stop(): Promise<void> {
    liveJobsOf(this.database).handOutBy(null);
    const held = [...this.#held];
    await this.#boss.stop({ graceful: false });
    if (held.length === 0) return;
    // The queue counts a job that was begun as tried. One that was given back in order did not take its process down with it: as if never begun.
    await this.database.query(
      "UPDATE pgboss.job SET started_on = NULL WHERE name = $1 AND id = ANY($2::uuid[]) AND state = 'retry'",
      [queueName, held],
    );
  }

  async #work(jobs: readonly JobWithMetadata<object>[]): Promise<void> {
    for (const { id, retryCount, signal } of jobs) {
      this.#held.add(id);
      try {
        await takeUpJob(this.database, this.definitions, { jobId: id, attempt: retryCount + 1, signal });
      } finally {
        this.#held.delete(id);
      }
    }
    // A place is free: whoever waited for it need not wait for the next look.
    this.#wake();
  }

  async #handOut({ id, workspaceId }: { readonly id: string; readonly workspaceId: string }): Promise<void> {
    await this.#boss.send(queueName, {}, { id, group: { id: workspaceId } });
    this.#wake();
  }

  /** What an earlier process left: jobs that were never handed out, and on the embedded database, which one process has, those under way. */
  async #handOutWaiting(): Promise<void> {
    const { kind, prisma } = this.database;
    const rows = await prisma.job.findMany({
      where: { status: { in: ["queued", "running"] } },
      select: { id: true, workspaceId: true, status: true },
      orderBy: { createdAt: "asc" },
    });
    const running = rows.filter(({ status }) => status === "running").map(({ id }) => id);
    if (kind === "embedded" && running.length > 0) await this.#boss.fail(queueName, running);
    for (const row of rows) await this.#handOut(row);
  }

  #wake(): void {
    for (const worker of this.#workers) this.#boss.notifyWorker(worker);
  }
}
