import type { ModelWait } from "@/runtime/model/endpoint";
import type { Database } from "@/server/platform/db/database";
import type { JobProgress } from "./define-job";

/** Progress is stored at most this often. */
const writeMs = 300;
/** How many beats pass between two looks at whether the job was cancelled elsewhere. */
const beatsToLook = 4;

export interface ProgressWriterOptions {
  readonly onWritten: () => void;
  /** The row asks the job to stop, or is gone. */
  readonly onCancel: () => void;
}

/** Stores a job's progress, gathered over a moment, and listens to what the row says in return. */
export class ProgressWriter {
  #stage: string | null = null;
  #done = 0;
  #total: number | null = null;
  #waiting: ModelWait | null = null;
  #dirty = false;
  #beats = 0;
  #timer: NodeJS.Timeout | undefined;
  #beating: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(
    private readonly database: Database,
    private readonly jobId: string,
    private readonly options: ProgressWriterOptions,
  ) {
    this.#arm();
  }

  readonly set = ({ stage, done, total, waiting }: JobProgress): void => {
    if (waiting !== undefined) this.#waiting = waiting;
    if (stage !== undefined) this.#stage = stage.slice(0, 64);
    if (done !== undefined) this.#done = toCount(done);
    if (total !== undefined) this.#total = total === null ? null : toCount(total);
    this.#dirty = true;
  };

  /** Stores what is not stored yet. Nothing is written after it resolves. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#beating;
    if (this.#dirty) await this.#write();
  }

  #arm(): void {
    this.#timer = setTimeout(() => {
      this.#beating = this.#beat()
        .catch((error: unknown) => console.error(`the progress of job ${this.jobId} could not be stored:`, error))
        .finally(() => {
          if (!this.#stopped) this.#arm();
        });
    }, writeMs);
    this.#timer.unref();
  }

  async #beat(): Promise<void> {
    this.#beats += 1;
    if (this.#dirty) await this.#write();
    else if (this.#beats % beatsToLook === 0) await this.#look();
  }

  async #write(): Promise<void> {
    this.#dirty = false;
    const rows = await this.database.query<{ cancelRequestedAt: Date | null }>(
      `UPDATE "Job" SET "stage" = $2, "done" = $3, "total" = $4, "waitingFor" = $5, "waitingUntil" = $6, "updatedAt" = (now() AT TIME ZONE 'utc')
       WHERE "id" = $1 AND "status" = 'running' RETURNING "cancelRequestedAt"`,
      [
        this.jobId,
        this.#stage,
        this.#done,
        this.#total,
        this.#waiting?.model.replaceAll("\0", "").toWellFormed().slice(0, 300) ?? null,
        this.#waiting === null ? null : new Date(this.#waiting.until),
      ],
    );
    this.options.onWritten();
    this.#heed(rows);
  }

  async #look(): Promise<void> {
    this.#heed(
      await this.database.query<{ cancelRequestedAt: Date | null }>(
        `SELECT "cancelRequestedAt" FROM "Job" WHERE "id" = $1 AND "status" = 'running'`,
        [this.jobId],
      ),
    );
  }

  #heed([row]: readonly { cancelRequestedAt: Date | null }[]): void {
    if (row === undefined || row.cancelRequestedAt !== null) this.options.onCancel();
  }
}

const toCount = (value: number): number =>
  Number.isFinite(value) ? Math.min(2_147_483_647, Math.max(0, Math.round(value))) : 0;
