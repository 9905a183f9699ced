import type { FrameEnd } from "@/runtime/node/frames";
import type { PersonQuestion } from "@/runtime/node/people";
import { setOwn } from "@/runtime/node/record";
import { type ReplyOutcome, worseOutcome } from "@/runtime/node/reply/reply-outcome";
import type { PlanBody, PlanNode } from "@/runtime/plan/plan";
import type { RunErrorData } from "@/runtime/run/errors";
import type { NodePath, SkipReason } from "@/runtime/run/events";
import { pathKey } from "@/runtime/run/reduce";
import { Attempt, type AttemptOptions, type AttemptOwner, type RetryWish } from "./attempt";
import type { Frame, Values } from "./frame";
import { recoveryFrom, retryDelay } from "./policy";
import { recordedInputs } from "./recorded-inputs";
import type { RunBudget } from "./run-budget";
import type { RunLoad } from "./run-load";
import type { Ending, FrameLog } from "./run-log";

export interface SchedulerOptions extends AttemptOptions {
  readonly load: RunLoad;
  readonly budget: RunBudget;
  /** What an earlier execution left of this frame. */
  readonly log: FrameLog;
  /** Keys of the paths that the log leaves waiting for people, in all frames. */
  readonly waiting: ReadonlySet<string>;
  /** Opens the frames of the containers in this one. */
  readonly nest: Nest;
  /** Which steps of this frame are to run; null where all. */
  readonly part: PartSteps | null;
  /** The steps that a container runs of its body in this frame; the others count as a branch that is not taken. Left out: all. */
  readonly only?: ((node: string) => boolean) | undefined;
}

export interface PartSteps {
  readonly steps: ReadonlySet<string>;
  /** The step that runs with what a person gave it, not with what comes along its wires. */
  readonly given: { readonly node: string; readonly inputs: Values } | null;
}

/** The frames of one container, over all attempts of it. */
export interface NestedRun {
  readonly body: PlanBody;
  /** The worst of the replies in the frames that ended well. */
  readonly reply: ReplyOutcome | null;
  /** An attempt of the container begins; `isRetry` after one that failed. */
  begin(isRetry: boolean): void;
  expect(total: number, atMost: boolean): void;
  run(index: number, inputs: Values, only?: (node: string) => boolean): Promise<FrameEnd>;
  /** Ends everything that is under way in it. */
  close(): void;
}
/** `waits` is called when everything that is under way in the container waits for people. */
export type Nest = (node: PlanNode, path: NodePath, options: SchedulerOptions, waits: () => void) => NestedRun;

interface Success {
  readonly recovered?: RunErrorData;
  readonly reply?: ReplyOutcome | null;
}

interface Cancellable {
  cancel(): void;
  /** Lets go without ending what waits for people in it. */
  suspend?(): void;
}

/** How a frame ended. `outputs` are the run's outputs that were reached; `paused`: all that is left waits for people. */
export type FrameResult =
  | { readonly outcome: "success"; readonly outputs: Values; readonly reply?: ReplyOutcome }
  | { readonly outcome: "failure" | "aborted"; readonly error: RunErrorData }
  | { readonly outcome: "paused" };

/** Starts nodes as they become ready, in parallel and bounded, and does what their policies say when they fail. */
export class Scheduler implements AttemptOwner {
  /** What is under way, by index of the node. */
  readonly #active: (Cancellable | null)[];
  #activeCount = 0;
  readonly #ended: Uint8Array;
  readonly #outputs: Record<string, unknown> = {};
  #next = 0;
  /** The worst reply that a step went on with. */
  #reply: ReplyOutcome | null = null;
  /** Nodes that wait for people. */
  #waiting = 0;
  #over = false;
  /** It ended because all that is left waits for people; it may still be aborted. */
  #paused = false;
  #pumping = false;
  /** Containers under way, by index of the node. */
  #nested: Map<number, NestedRun> | null = null;
  #whenFree: (() => void) | null = null;

  constructor(
    private readonly frame: Frame,
    private readonly options: SchedulerOptions,
    private readonly done: (result: FrameResult) => void,
  ) {
    const { length } = frame.plan.nodes;
    this.#active = new Array(length).fill(null);
    this.#ended = new Uint8Array(length);
  }

  start(): void {
    this.#guard(() => this.#pump());
  }

  /** Cancels what is under way and ends everything else as skipped. */
  abort(error: RunErrorData): void {
    this.#stop({ outcome: "aborted", error });
  }

  /** The same where the run itself has failed. */
  fail(error: RunErrorData): void {
    this.#stop({ outcome: "failure", error });
  }

  succeeded(attempt: Attempt, outputs: Values): void {
    try {
      const { node, inputs, reply } = attempt;
      const tooLarge = this.options.budget.take(outputs, node.id);
      if (tooLarge !== null) this.#fail(node, inputs, tooLarge);
      else {
        if (reply === null) {
          this.#end(node);
          this.options.events.nodeEnd(attempt.path, outputs);
          this.#goOn(node, inputs, outputs);
        } else this.#succeed(node, inputs, outputs, { reply });
      }
    } catch (thrown) {
      this.#broke(thrown);
    }
  }

  failed(attempt: Attempt, error: RunErrorData, wish: RetryWish): void {
    this.#guard(() => {
      const { node, path, inputs, number, tries } = attempt;
      const delayMs = retryDelay(node.policy, tries, error, wish);
      if (delayMs === null) {
        this.#fail(node, inputs, error);
        return;
      }
      this.options.events.emit({ type: "node-retry", path, attempt: number, error, delayMs });
      const cancel = this.options.timers.after(delayMs, () =>
        this.#guard(() => this.#attempt(node, inputs, number + 1, tries + 1)),
      );
      this.#begin(node, { cancel });
    });
  }

  /** It has let go; what does not depend on it goes on. */
  paused(attempt: Attempt, questions: readonly PersonQuestion[]): void {
    this.#guard(() => {
      this.#letGo(attempt.node);
      this.options.events.emit({ type: "node-paused", path: attempt.path, questions });
      this.#waiting++;
      this.#pump();
    });
  }

  /** The container has nothing to do until a person has answered. It starts again where the run goes on. */
  #containerWaits(node: PlanNode): void {
    const attempt = this.#active[node.index];
    if (this.#over || attempt === null || attempt === undefined) return;
    this.#letGo(node);
    attempt.suspend?.();
    this.#waiting++;
    this.#pump();
  }

  #pump(): void {
    // A node may end while it is being started; the loop that is running takes up what that made ready.
    if (this.#pumping) return;
    this.#pumping = true;
    const { frame, options } = this;
    const { load } = options;
    const { sink } = options.events;
    while (!this.#over && this.#next < frame.ready.length) {
      if (load.full) {
        load.whenFree(this.#again());
        break;
      }
      if (sink.full) {
        sink.whenDrained(this.#again());
        break;
      }
      this.#take(frame.plan.nodes[frame.ready[this.#next++] as number] as PlanNode);
    }
    this.#pumping = false;
    load.wake();
    if (this.#over) return;
    if (frame.complete) this.#finish();
    else if (this.#activeCount === 0 && this.#next === frame.ready.length) {
      if (this.#waiting === 0) throw new Error("no step can go on");
      this.#over = true;
      this.#paused = true;
      this.done({ outcome: "paused" });
    }
  }

  /** Made when it is first needed: most frames never wait for a place. */
  #again(): () => void {
    this.#whenFree ??= () => this.#guard(() => this.#pump());
    return this.#whenFree;
  }

  #take(node: PlanNode): void {
    const { waiting, log, part } = this.options;
    const { endings, attempts } = log;
    const logged = endings.size === 0 ? undefined : endings.get(node.id);
    const given = part?.given?.node === node.id ? part.given.inputs : null;
    const isNotTaken = this.options.only?.(node.id) === false;
    const reason = isNotTaken ? "branch-not-taken" : given === null ? this.frame.skipReason(node) : null;
    if (logged !== undefined) this.#replay(node, logged);
    else if (part !== null && !part.steps.has(node.id)) this.#skip(node, reason ?? "left-out");
    else if (reason !== null) this.#skip(node, reason);
    else if (waiting.size > 0 && waiting.has(pathKey(this.#path(node)))) this.#waiting++;
    else {
      const inputs = given ?? this.frame.inputsOf(node);
      const attempt = attempts.size === 0 ? 1 : (attempts.get(node.id) ?? 0) + 1;
      this.#attempt(node, inputs, attempt, 1);
    }
  }

  /** `number` is what the log calls this attempt; `tries` counts those of this execution, which is what retries are bounded by. */
  #attempt(node: PlanNode, inputs: Values, number: number, tries: number): void {
    const path = this.#path(node);
    this.options.events.nodeStart(path, number, recordedInputs(inputs));
    const nested = node.body === null ? null : this.#nestedOf(node, path, tries > 1);
    const attempt = new Attempt(node, path, inputs, number, tries, this.options, this, nested);
    this.#begin(node, attempt);
    attempt.start();
  }

  #nestedOf(node: PlanNode, path: NodePath, isRetry: boolean): NestedRun {
    this.#nested ??= new Map();
    let nested = this.#nested.get(node.index);
    if (nested === undefined) {
      nested = this.options.nest(node, path, this.options, () => this.#guard(() => this.#containerWaits(node)));
      this.#nested.set(node.index, nested);
    }
    nested.begin(isRetry);
    return nested;
  }

  #fail(node: PlanNode, inputs: Values, error: RunErrorData): void {
    const recovery = recoveryFrom(node.policy, error);
    if (recovery.kind === "outputs") {
      this.#succeed(node, inputs, recovery.outputs, { recovered: error });
      return;
    }
    this.#end(node);
    this.options.events.emit({ type: "node-end", path: this.#path(node), outcome: "failure", error });
    this.#settleFailure(node, error);
    this.#pump();
  }

  /** A failure that its policy does not forgive ends the run. */
  #settleFailure(node: PlanNode, error: RunErrorData): void {
    if (node.policy.onError === "continue") this.frame.withhold(node, "upstream-failed");
    else this.#stop({ outcome: "failure", error });
  }

  #succeed(node: PlanNode, inputs: Values, outputs: Values, how: Success): void {
    this.#end(node);
    const path = this.#path(node);
    const { recovered, reply } = how;
    this.#reply = worseOutcome(this.#reply, reply ?? null);
    this.options.events.emit({
      type: "node-end",
      path,
      outcome: "success",
      outputs,
      cached: false,
      ...(recovered === undefined ? {} : { recovered }),
      ...(reply === undefined || reply === null ? {} : { reply }),
    });
    this.#goOn(node, inputs, outputs);
  }

  #goOn(node: PlanNode, inputs: Values, outputs: Values): void {
    this.#collect(node, inputs);
    this.frame.deliver(node, outputs);
    this.#pump();
  }

  #skip(node: PlanNode, reason: SkipReason): void {
    this.#end(node);
    const passed = reason === "disabled" ? this.frame.passedBy(node) : null;
    const told = passed === null ? {} : { passed };
    this.options.events.emit({ type: "node-end", path: this.#path(node), outcome: "skipped", reason, ...told });
    this.#settleSkip(node, reason, passed);
  }

  /** What is switched off may let something through; anything else that did not run gives nothing. */
  #settleSkip(node: PlanNode, reason: SkipReason, passed: Values | null): void {
    if (passed !== null) this.frame.deliver(node, passed, reason);
    else this.frame.withhold(node, reason === "disabled" ? this.frame.reasonOff(node) : reason);
  }

  /** The log of an earlier execution already says how this node ended. */
  #replay(node: PlanNode, ending: Ending): void {
    this.#end(node);
    switch (ending.outcome) {
      case "success":
        this.#reply = worseOutcome(this.#reply, ending.reply ?? null);
        this.options.budget.take(ending.outputs);
        this.#collect(node, this.frame.inputsOf(node));
        this.frame.deliver(node, ending.outputs);
        break;
      case "failure":
        this.#settleFailure(node, ending.error);
        break;
      case "skipped":
        this.#settleSkip(node, ending.reason, ending.passed ?? null);
        break;
      default:
        ending satisfies never;
    }
  }

  /** What is wired into an output node is what the run answers. */
  #collect(node: PlanNode, inputs: Values): void {
    if (node.definition?.boundary?.kind !== "output") return;
    for (const name of Object.keys(inputs)) setOwn(this.#outputs, name, inputs[name]);
  }

  /** Every way into the scheduler leads through here: a throw is a bug of ours, and ends the run instead of the process. */
  #guard(step: () => void): void {
    try {
      step();
    } catch (thrown) {
      this.#broke(thrown);
    }
  }

  #broke(thrown: unknown): void {
    const error: RunErrorData = { code: "internal", message: `The run broke. ${String(thrown)}` };
    this.#stop({ outcome: "failure", error });
  }

  #begin({ index, body }: PlanNode, cancellable: Cancellable): void {
    if (this.#active[index] === null) {
      this.#activeCount++;
      if (body === null) this.options.load.active++;
    }
    this.#active[index] = cancellable;
  }

  #end(node: PlanNode): void {
    this.#ended[node.index] = 1;
    this.#letGo(node);
    const { records } = this.options;
    if (records.size > 0) records.delete(pathKey(this.#path(node)));
    if (node.body !== null) this.#nested?.delete(node.index);
  }

  #letGo({ index, body }: PlanNode): void {
    if (this.#active[index] === null) return;
    this.#active[index] = null;
    this.#activeCount--;
    if (body === null) this.options.load.active--;
  }

  #path(node: PlanNode): NodePath {
    return this.frame.paths[node.index] as NodePath;
  }

  #stop(result: FrameResult): void {
    if (this.#over && !this.#paused) return;
    this.#over = true;
    this.#paused = false;
    const { load, log, events } = this.options;
    for (const { index, body } of this.frame.plan.nodes) {
      const cancellable = this.#active[index] ?? null;
      if (cancellable === null) continue;
      this.#active[index] = null;
      if (body === null) load.active--;
      cancellable.cancel();
    }
    this.#activeCount = 0;
    // Those that waited for people.
    if (this.#nested !== null) for (const nested of this.#nested.values()) nested.close();
    for (const node of this.frame.plan.nodes) {
      if (this.#ended[node.index] === 1 || log.endings.has(node.id)) continue;
      events.emit({ type: "node-end", path: this.#path(node), outcome: "skipped", reason: "aborted" });
    }
    this.done(result);
    load.wake();
  }

  #finish(): void {
    this.#over = true;
    const error = this.options.budget.takeAnswer(this.#outputs);
    this.done(
      error === null
        ? { outcome: "success", outputs: this.#outputs, ...(this.#reply === null ? {} : { reply: this.#reply }) }
        : { outcome: "failure", error },
    );
  }
}
