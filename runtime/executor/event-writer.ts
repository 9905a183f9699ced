import type { NodePath, RunEvent, RunEventBody, Stamp } from "@/runtime/run/events";
import type { EventSink } from "./event-sink";
import type { Values } from "./frame";

/** Stamps the events of a run and hands them on. What every step says has a way of its own, because it is most of what a small step costs. */
export class EventWriter {
  #lastMs = Number.NaN;
  #lastAt = "";

  constructor(
    readonly runId: string,
    private nextSeq: number,
    /** Milliseconds since 1970. */
    private readonly now: () => number,
    readonly sink: EventSink,
  ) {}

  /** Takes the body over and stamps it in place: copying it would cost more than all the rest of a small node. */
  emit(body: RunEventBody): void {
    const event = body as RunEventBody & { -readonly [K in keyof Stamp]: Stamp[K] };
    event.runId = this.runId;
    event.seq = this.nextSeq++;
    event.at = this.#at();
    this.sink.take(event);
  }

  nodeStart(path: NodePath, attempt: number, inputs: Values): void {
    this.#take({ type: "node-start", path, attempt, inputs, runId: this.runId, seq: this.nextSeq++, at: this.#at() });
  }

  /** A success whose outputs are the step's own. */
  nodeEnd(path: NodePath, outputs: Values): void {
    this.#take({
      type: "node-end",
      path,
      outcome: "success",
      outputs,
      cached: false,
      runId: this.runId,
      seq: this.nextSeq++,
      at: this.#at(),
    });
  }

  nodeDelta(path: NodePath, port: string, delta: string): void {
    this.#take({ type: "node-delta", path, port, delta, runId: this.runId, seq: this.nextSeq++, at: this.#at() });
  }

  #take(event: RunEvent): void {
    this.sink.take(event);
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
