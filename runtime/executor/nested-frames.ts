import type { ModelCallRecord } from "@/runtime/model/endpoint";
import { frameLimits } from "@/runtime/node/body";
import { convert } from "@/runtime/node/connection";
import type { FrameEnd } from "@/runtime/node/frames";
import { NodeFailure } from "@/runtime/node/node-failure";
import { setOwn } from "@/runtime/node/record";
import { type ReplyOutcome, worseOutcome } from "@/runtime/node/reply/reply-outcome";
import { inWords } from "@/runtime/node/value-limits";
import { checkInputs } from "@/runtime/plan/check-inputs";
import type { PlanBody, PlanNode } from "@/runtime/plan/plan";
import type { RunErrorData } from "@/runtime/run/errors";
import type { NodePath } from "@/runtime/run/events";
import { addCall, noTotals, type Totals } from "@/runtime/run/reduce";
import { Frame, type Values } from "./frame";
import { meteredModels } from "./metered-models";
import { recordedInputs } from "./recorded-inputs";
import { emptyFrameLog, type FrameLog } from "./run-log";
import { type FrameResult, type Nest, type NestedRun, Scheduler, type SchedulerOptions } from "./scheduler";

/** Others have their turn after so many frames were opened: each may be as short as a few microtasks. */
const framesInATurn = 500;

const leftUnfinished: RunErrorData = { code: "aborted", message: "The step around it ended." };

/** Opens the frames of containers; given to schedulers, which know of no other scheduler. */
export const nest: Nest = (node, path, options, waits) =>
  new NestedFrames(node, node.body as PlanBody, path, options, waits);

/**
 * The frames of one container in one frame, over all attempts of it. An item that ended well is not run again by a later attempt: it gives what it
 * gave; nor is one that an earlier execution has in its log.
 */
class NestedFrames implements NestedRun {
  readonly #open = new Map<number, Scheduler>();
  /** Frames that were asked for and wait for their turn to open. */
  #opening = 0;
  /** What frames gave in earlier attempts; kept only where there may be another. */
  readonly #given = new Map<number, Values>();
  readonly #log: FrameLog;
  /** Counts the attempts that failed and were made again: each has frames of its own. */
  #round: number;
  #closed = true;
  /** Open frames in which all that is left waits for people. */
  #paused = 0;
  #cancelTimers = new Set<() => void>();
  reply: ReplyOutcome | null = null;

  constructor(
    private readonly node: PlanNode,
    readonly body: PlanBody,
    private readonly path: NodePath,
    private readonly options: SchedulerOptions,
    private readonly waits: () => void,
  ) {
    this.#log = options.log;
    this.#round = roundOf(this.#log, node.id);
  }

  begin(isRetry: boolean): void {
    if (isRetry) this.#round += 1;
    this.#closed = false;
    this.#paused = 0;
    this.#opening = 0;
    this.reply = null;
  }

  expect(total: number, atMost: boolean): void {
    if (this.#closed) return;
    this.options.events.emit({ type: "node-frames", path: this.path, total, ...(atMost ? { atMost: true } : {}) });
  }

  run(index: number, inputs: Values, only?: (node: string) => boolean): Promise<FrameEnd> {
    // Nobody waits any more.
    if (this.#closed) return new Promise(() => {});
    const known = this.#known(index);
    if (known !== null) return Promise.resolve(known);
    const { load, timers } = this.options;
    load.frames += 1;
    if (load.frames > frameLimits.ofRun) {
      const message = `The containers of this run have run their steps ${inWords(frameLimits.ofRun)} times together.`;
      throw new NodeFailure("value-too-large", message, { hint: "Work on fewer items, or in several runs." });
    }
    return new Promise((resolve) => {
      if (load.frames % framesInATurn !== 0) {
        this.#start(index, inputs, only, resolve);
        return;
      }
      this.#opening++;
      const cancel = timers.after(0, () => {
        this.#cancelTimers.delete(cancel);
        this.#opening--;
        if (!this.#closed) this.#start(index, inputs, only, resolve);
      });
      this.#cancelTimers.add(cancel);
    });
  }

  /** Ends everything that is under way, before the container itself ends. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const cancel of this.#cancelTimers) cancel();
    this.#cancelTimers.clear();
    for (const scheduler of [...this.#open.values()]) scheduler.abort(leftUnfinished);
  }

  /** Said when whoever waits for frames that have ended has had its turn: it may have opened others. */
  #sayWhetherAllWait(): void {
    if (!this.#allWait) return;
    const cancel = this.options.timers.after(0, () => {
      this.#cancelTimers.delete(cancel);
      if (!this.#closed && this.#allWait) this.waits();
    });
    this.#cancelTimers.add(cancel);
  }

  get #allWait(): boolean {
    return this.#opening === 0 && this.#paused === this.#open.size;
  }

  #segment(index: number, round: number): string {
    return round === 0 ? `${this.node.id}#${index}` : `${this.node.id}#${index}~${round}`;
  }

  #known(index: number): FrameEnd | null {
    const outputs = this.#given.get(index);
    if (outputs !== undefined) return { ok: true, outputs };
    if (this.#log.endings.size === 0) return null;
    for (let round = 0; round <= this.#round; round++) {
      const ending = this.#log.endings.get(this.#segment(index, round));
      if (ending === undefined) continue;
      if (ending.outcome === "success") {
        this.reply = worseOutcome(this.reply, ending.reply ?? null);
        const { outputs, reply } = ending;
        return { ok: true, outputs, ...(reply === undefined ? {} : { reply }) };
      }
      if (ending.outcome === "failure" && round === this.#round) return { ok: false, error: ending.error };
    }
    return null;
  }

  #start(
    index: number,
    given: Values,
    only: ((node: string) => boolean) | undefined,
    resolve: (end: FrameEnd) => void,
  ): void {
    const { options, body } = this;
    const segment = this.#segment(index, this.#round);
    const path = [...this.path.slice(0, -1), segment];
    const attempt = (this.#log.attempts.get(segment) ?? 0) + 1;
    options.events.nodeStart(path, attempt, recordedInputs(given));
    const checked = checkInputs(
      only === undefined ? body.plan.inputFields : fieldsOfOnly(body, only),
      asFields(given, body),
    );
    if (!checked.ok) {
      const message = checked.error.map((problem) => problem.message).join(" ");
      this.#end(
        index,
        path,
        { outcome: "failure", error: { code: "value-invalid", message, node: this.node.id } },
        resolve,
      );
      return;
    }
    const meter = this.node.definition?.container?.measured === true ? new CostMeter() : null;
    const scheduler = new Scheduler(
      new Frame(body.plan, path),
      {
        ...options,
        only,
        // Whatever is drawn by the run's id is drawn anew for each frame.
        run: { ...options.run, id: `${options.run.id}/${path.join("/")}`, inputs: checked.value },
        log: this.#log.frames.get(segment) ?? emptyFrameLog,
        part: null,
        ...(meter === null ? {} : { models: meteredModels(options.models, (call) => meter.add(call)) }),
      },
      (result) => this.#end(index, path, result, resolve, meter),
    );
    this.#open.set(index, scheduler);
    scheduler.start();
  }

  #end(
    index: number,
    path: NodePath,
    result: FrameResult,
    resolve: (end: FrameEnd) => void,
    meter: CostMeter | null = null,
  ): void {
    const { events, budget } = this.options;
    if (result.outcome === "paused") {
      this.#paused++;
      this.#sayWhetherAllWait();
      return;
    }
    this.#open.delete(index);
    if (this.#paused > 0) this.#sayWhetherAllWait();
    const tooLarge = result.outcome === "success" ? budget.take(result.outputs, this.node.id) : null;
    const ended: FrameResult = tooLarge === null ? result : { outcome: "failure", error: tooLarge };
    switch (ended.outcome) {
      case "success": {
        const { outputs, reply } = ended;
        events.emit({
          type: "node-end",
          path,
          outcome: "success",
          outputs,
          cached: false,
          ...(reply === undefined ? {} : { reply }),
        });
        this.reply = worseOutcome(this.reply, reply ?? null);
        if (this.node.policy.retries > 0) this.#given.set(index, outputs);
        resolve({
          ok: true,
          outputs,
          ...(reply === undefined ? {} : { reply }),
          ...(meter === null ? {} : { costMicroUsd: meter.costMicroUsd }),
        });
        break;
      }
      case "failure":
        events.emit({ type: "node-end", path, outcome: "failure", error: ended.error });
        resolve({ ok: false, error: ended.error });
        break;
      case "aborted":
        events.emit({ type: "node-end", path, outcome: "skipped", reason: "aborted" });
        break;
      default:
        ended satisfies never;
    }
  }
}

/** What the models in a frame cost, since this execution began it. */
class CostMeter {
  #totals: Totals = noTotals;

  add(call: ModelCallRecord): void {
    this.#totals = addCall(this.#totals, call);
  }

  get costMicroUsd(): number | null {
    return this.#totals.costMicroUsd;
  }
}

/**
 * The round of frames that an execution begins with. One in which frames were ended with their container is over: the execution before was cut off when
 * its attempt had failed, before it could say that it tries again. A frame's end is written once, so what was ended then is run in a round of its own.
 */
const roundOf = ({ retries, endings }: FrameLog, id: string): number => {
  let round = retries.get(id) ?? 0;
  for (const [segment, { outcome }] of endings) {
    if (outcome !== "skipped" || !segment.startsWith(`${id}#`)) continue;
    const [, of = "0"] = segment.split("~");
    round = Math.max(round, Number(of) + 1);
  }
  return round;
};

/** What the steps that run ask for. */
const fieldsOfOnly = ({ plan }: PlanBody, only: (node: string) => boolean) =>
  plan.nodes.flatMap(({ id, definition, config, disabled }) =>
    definition?.boundary?.kind === "input" && !disabled && only(id) ? definition.boundary.fields(config) : [],
  );

/** Values as the body's input fields take them: what is wired from a container into a text is written out, as on any wire. */
export const asFields = (given: Values, { plan }: PlanBody): Values => {
  const values: Record<string, unknown> = {};
  for (const { name, kind } of plan.inputFields) {
    if (!Object.hasOwn(given, name)) continue;
    const value = given[name];
    setOwn(values, name, kind === "text" && value !== null ? convert(value, "text") : value);
  }
  return values;
};
