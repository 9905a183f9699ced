import type { RunEvent } from "@/runtime/run/events";
import type { EventSink } from "./event-sink";

/** Events a slow consumer may leave unread before the run holds its breath: nodes are not started and streams not read on. */
const highWater = 1024;

/** The events of a run as an iteration for one consumer, who loses none. */
export class EventChannel implements EventSink, AsyncIterableIterator<RunEvent> {
  #buffer: RunEvent[] = [];
  #head = 0;
  #waiting: ((result: IteratorResult<RunEvent>) => void)[] = [];
  #drained: (() => void)[] = [];
  #closed = false;
  #started = false;

  constructor(
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

  take(event: RunEvent): void {
    if (this.#closed) return;
    const reader = this.#waiting.shift();
    if (reader === undefined) this.#buffer.push(event);
    else reader({ value: event, done: false });
  }

  /** What was taken is still read; then the iteration ends. */
  end(): void {
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
    this.end();
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
}

const ended: IteratorResult<RunEvent> = { value: undefined, done: true };
