import type { RunText } from "../write-runs";
import { journalFileNames, prepareJournalFolder } from "./journal-files";
import { storedLine, writeRunLine } from "./journal-line";
import { Segment, segmentBytes } from "./segment";

type WriteFailure = { readonly error: unknown };

/** A line of the journal, which is kept until the database holds what it says. */
export class JournalEntry {
  #segment: Segment | null = null;
  #end: { readonly failed: WriteFailure | null } | null = null;
  #isStored = false;
  #heard: ((failed: WriteFailure | null) => void) | null = null;

  constructor(
    readonly line: Buffer,
    private readonly whenStored: (segment: Segment) => void,
  ) {}

  /** Calls back when the line outlives a crash, with null, or when it could not be written. Takes one callback. */
  onDurable(callback: (failed: WriteFailure | null) => void): void {
    if (this.#end === null) this.#heard = callback;
    else callback(this.#end.failed);
  }

  /** Resolves when the line outlives a crash; rejects where it could not be written. */
  get durable(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.onDurable((failed) => (failed === null ? resolve() : reject(failed.error)));
    });
  }

  /** The database holds it. */
  stored(): void {
    if (this.#isStored) return;
    this.#isStored = true;
    if (this.#segment !== null) this.whenStored(this.#segment);
  }

  written(segment: Segment): void {
    this.#segment = segment;
    this.#settle(null);
    if (this.#isStored) this.whenStored(segment);
  }

  refused(error: unknown): void {
    this.#settle({ error });
  }

  #settle(failed: WriteFailure | null): void {
    this.#end = { failed };
    this.#heard?.(failed);
    this.#heard = null;
  }
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
  #waiting: JournalEntry[] = [];
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
    const entry = new JournalEntry(line, this.#whenStored);
    this.#waiting.push(entry);
    this.#write();
    return entry;
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
    const group: JournalEntry[] = [];
    try {
      const segment = await this.#segmentFor(this.#waiting[0]?.line.length ?? 0);
      let bytes = 0;
      for (const entry of this.#waiting) {
        if (bytes + entry.line.length > segment.room) break;
        group.push(entry);
        bytes += entry.line.length;
      }
      this.#waiting.splice(0, group.length);
      segment.unstored += group.length;
      await segment.write(Buffer.concat(group.map(({ line }) => line))).catch((error: unknown) => {
        segment.unstored -= group.length;
        this.#retire(segment);
        throw error;
      });
      this.#sinceMark += group.length;
      for (const entry of group) entry.written(segment);
      if (segment.room < segmentBytes / 2) this.#prepareSpare();
    } catch (error) {
      // Nobody else waits behind a disk that refuses.
      for (const entry of group.concat(this.#waiting.splice(0))) entry.refused(error);
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

  readonly #whenStored = (segment: Segment): void => {
    segment.unstored -= 1;
    if (segment.sealed) this.#drop(segment);
    else if (segment.unstored === 0 && this.#sinceMark > 0) this.#mark(segment);
  };

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
