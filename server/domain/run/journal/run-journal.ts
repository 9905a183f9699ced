import type { RunText } from "../write-runs";
import { journalFileNames, prepareJournalFolder } from "./journal-files";
import { storedLine, writeRunLine } from "./journal-line";
import { Segment, segmentBytes } from "./segment";

/** A line of the journal, which is kept until the database holds what it says. */
export interface JournalEntry {
  /** Resolves when the line outlives a crash; rejects where it could not be written. */
  readonly durable: Promise<void>;
  /** The database holds it. */
  stored(): void;
}

interface Waiting {
  readonly line: Buffer;
  readonly resolve: (segment: Segment) => void;
  readonly reject: (error: unknown) => void;
}

/** Bytes of a line. A longer log waits for the database. */
const longestLine = segmentBytes / 4;
/** Files that may be kept at once. Beyond that the database is too far behind, and runs wait for it. */
const mostSegments = 16;
const heartbeatMs = 10_000;

/**
 * What runs are answered by before the database holds them: lines are gathered while the disk is busy and made durable together. Bounded: a file is
 * removed as soon as the database holds all that it says.
 */
export class RunJournal {
  readonly #nextName: () => string;
  #segments: Segment[] = [];
  /** The file being written. */
  #active: Segment | null = null;
  /** The one after it. */
  #spare: Promise<Segment> | null = null;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | null = null;
  #closed = false;
  /** Lines written since it was last said that all are stored. */
  #sinceMark = 0;
  readonly #heartbeat: NodeJS.Timeout;

  private constructor(readonly folder: string) {
    this.#nextName = journalFileNames(folder);
    this.#heartbeat = setInterval(() => void this.#active?.touch().catch(() => {}), heartbeatMs);
    this.#heartbeat.unref();
  }

  static async open(folder: string): Promise<RunJournal> {
    await prepareJournalFolder(folder);
    return new RunJournal(folder);
  }

  /** Writes a stretch of a run down; null where it has to wait for the database instead. */
  append(text: RunText): JournalEntry | null {
    if (this.#closed || this.#segments.length >= mostSegments || text.log.length > longestLine) return null;
    const line = writeRunLine(text);
    if (line.length > longestLine) return null;
    const written = new Promise<Segment>((resolve, reject) => this.#waiting.push({ line, resolve, reject }));
    const durable = written.then(() => {});
    // Not everybody waits for it.
    durable.catch(() => {});
    this.#write();
    let isStored = false;
    return {
      durable,
      stored: () => {
        if (isStored) return;
        isStored = true;
        void written.then((segment) => this.#stored(segment)).catch(() => {});
      },
    };
  }

  /** Removes what the database holds. What it does not hold stays for the next start. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#heartbeat);
    await this.#writing;
    const spare = await this.#spare?.catch(() => null);
    await spare?.remove();
    await Promise.all(
      this.#segments.splice(0).map((segment) => (segment.unstored === 0 ? segment.remove() : segment.close())),
    );
  }

  #write(): void {
    if (this.#writing !== null || this.#waiting.length === 0) return;
    this.#writing = this.#writeGroup().finally(() => {
      this.#writing = null;
      this.#write();
    });
  }

  async #writeGroup(): Promise<void> {
    // Whatever ends in this turn of the event loop goes together.
    await new Promise((resolve) => setImmediate(resolve));
    const group: Waiting[] = [];
    try {
      const segment = await this.#segmentFor(this.#waiting[0]?.line.length ?? 0);
      let bytes = 0;
      for (let next = this.#waiting[0]; next !== undefined && bytes + next.line.length <= segment.room; ) {
        group.push(next);
        bytes += next.line.length;
        this.#waiting.shift();
        next = this.#waiting[0];
      }
      segment.unstored += group.length;
      await segment.write(Buffer.concat(group.map(({ line }) => line))).catch((error: unknown) => {
        segment.unstored -= group.length;
        this.#retire(segment);
        throw error;
      });
      this.#sinceMark += group.length;
      for (const { resolve } of group) resolve(segment);
      if (segment.room < segmentBytes / 2) this.#prepareSpare();
    } catch (error) {
      // Nobody else waits behind a disk that refuses.
      for (const { reject } of group.concat(this.#waiting.splice(0))) reject(error);
    }
  }

  async #segmentFor(bytes: number): Promise<Segment> {
    const active = this.#active;
    if (active !== null && active.room >= bytes) return active;
    if (active !== null) this.#retire(active);
    this.#prepareSpare();
    const spare = this.#spare as Promise<Segment>;
    this.#spare = null;
    const next = await spare;
    this.#segments.push(next);
    this.#active = next;
    return next;
  }

  /** A file that is full, or that the disk refused: what stands in it stays until it is stored. */
  #retire(segment: Segment): void {
    segment.sealed = true;
    if (this.#active === segment) this.#active = null;
    this.#drop(segment);
  }

  #prepareSpare(): void {
    if (this.#spare !== null || this.#closed) return;
    this.#spare = Segment.create(this.#nextName());
    // Said to whoever needs it; until then nobody listens.
    this.#spare.catch(() => {});
  }

  #stored(segment: Segment): void {
    segment.unstored -= 1;
    if (segment.sealed) this.#drop(segment);
    else if (segment.unstored === 0 && this.#sinceMark > 0) this.#mark(segment);
  }

  #drop(segment: Segment): void {
    if (segment.unstored > 0 || !this.#segments.includes(segment)) return;
    this.#segments = this.#segments.filter((each) => each !== segment);
    void segment.remove().catch((error) => console.error("a file of the journal could not be removed:", error));
  }

  /** Once all is stored it is written down, so that the next start has nothing to look for. Not at once: under load it would double the writes. */
  #mark(segment: Segment): void {
    this.#sinceMark = 0;
    const timer = setTimeout(() => {
      const idle =
        segment === this.#active && segment.unstored === 0 && this.#writing === null && this.#sinceMark === 0;
      if (!idle || this.#closed || segment.room < storedLine.length) return;
      this.#writing = segment
        .write(storedLine)
        .catch(() => {})
        .finally(() => {
          this.#writing = null;
          this.#write();
        });
    }, 1_000);
    timer.unref();
  }
}
