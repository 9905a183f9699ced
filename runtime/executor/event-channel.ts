import type { RunEvent, RunEventBody, Stamp } from "@/runtime/run/events";

/** Events a slow consumer may leave unread before the run holds its breath: nodes are not started and streams not read on. */
const highWater = 1024;

/**
 * Stamps events and hands them to one consumer, losing none. It never blocks the producer: it says `full`, and the producer
 * waits by `whenDrained`.
 */
export class EventChannel implements AsyncIterableIterator<RunEvent> {
  #buffer: RunEvent[] = [];
  #head = 0;
  #waiting: ((result: IteratorResult<RunEvent>) => void)[] = [];
  #drained: (() => void)[] = [];
  #closed = false;
  #started = false;
  #lastMs = Number.NaN;
  #lastAt = "";

  constructor(
    private readonly runId: string,
    private nextSeq: number,
    /** Milliseconds since 1970. */
    private readonly now: () => number,
    private readonly control: {
      /** Called once, when the first event is asked for. */
      readonly begin: () => void;
      /** Called when the consumer leaves before the end. */
      readonly abandoned: () => void;
    },
  ) {}

  get full(): boolean {
    return this.#buffer.length - this.#head >= highWater;
  }

  /** Calls back once the consumer has caught up, or has left. */
  whenDrained(callback: () => void): void {
    this.#drained.push(callback);
  }

  /** Takes the body over and stamps it in place: copying it would cost more than all the rest of a small node. */
  emit(body: RunEventBody): void {
    if (this.#closed) return;
    const event = body as RunEventBody & { -readonly [K in keyof Stamp]: Stamp[K] };
    event.runId = this.runId;
    event.seq = this.nextSeq++;
    event.at = this.#at();
    const reader = this.#waiting.shift();
    if (reader === undefined) this.#buffer.push(event);
    else reader({ value: event, done: false });
  }

  /** What was emitted is still read; then the iteration ends. */
  close(): void {
    this.#closed = true;
    for (const reader of this.#waiting.splice(0)) reader(ended);
  }

  next(): Promise<IteratorResult<RunEvent>> {
    if (!this.#started) {
      this.#started = true;
      this.control.begin();
    }
    const event = this.#buffer[this.#head];
    if (event !== undefined) {
      this.#head++;
      if (this.#head === this.#buffer.length) this.#rewind();
      else if (this.#drained.length > 0 && this.#buffer.length - this.#head <= highWater / 2) this.#wake();
      return Promise.resolve({ value: event, done: false });
    }
    if (this.#closed) return Promise.resolve(ended);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  return(): Promise<IteratorResult<RunEvent>> {
    const early = !this.#closed;
    this.#rewind();
    this.close();
    if (early) this.control.abandoned();
    return Promise.resolve(ended);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #rewind(): void {
    this.#buffer = [];
    this.#head = 0;
    if (this.#drained.length > 0) this.#wake();
  }

  #wake(): void {
    for (const callback of this.#drained.splice(0)) callback();
  }

  /** Writing out a date costs more than a no-op node, and many events share a millisecond. */
  #at(): string {
    const ms = this.now();
    if (ms !== this.#lastMs) {
      this.#lastMs = ms;
      this.#lastAt = new Date(ms).toISOString();
    }
    return this.#lastAt;
  }
}

const ended: IteratorResult<RunEvent> = { value: undefined, done: true };
