import { findJsonFault } from "@/runtime/graph/json-shape";
import { NodeFailure } from "@/runtime/node/node-failure";
import { type Once, onceLimits, type ToolOutcome, type ToolUse } from "@/runtime/node/once";
import type { NodePath, RunEventBody } from "@/runtime/run/events";
import { pathKey } from "@/runtime/run/reduce";
import type { RunBudget } from "./run-budget";

/** What steps that have not ended did once, by the key of their path, then by its own key. */
export type StepRecords = Map<string, Map<string, unknown>>;

export interface StepRecordsWorld {
  readonly records: StepRecords;
  readonly budget: RunBudget;
  readonly now: () => number;
}

const deepest = 64;

/** What one attempt of a step does once. */
export class AttemptRecords implements Once {
  readonly #key: string;
  readonly #underWay = new Map<string, Promise<unknown>>();

  constructor(
    private readonly world: StepRecordsWorld,
    private readonly path: NodePath,
    private readonly emit: (event: RunEventBody) => void,
  ) {
    this.#key = pathKey(path);
  }

  value<Value>(key: string, compute: () => Promise<Value>): Promise<Value> {
    return this.#once(key, compute, (value) => this.emit({ type: "node-recorded", path: this.path, key, value }));
  }

  kept<Value>(key: string): Value | undefined {
    return this.world.records.get(this.#key)?.get(key) as Value | undefined;
  }

  keep<Value>(key: string, value: Value): Value {
    this.#refuseMore(key);
    this.#check(key, value);
    this.emit({ type: "node-recorded", path: this.path, key, value });
    this.#keep(key, value);
    return value;
  }

  call(use: ToolUse, make: () => Promise<ToolOutcome>): Promise<ToolOutcome> {
    const { path } = this;
    const key = toolKey(use.id);
    let began = 0;
    return this.#once(
      key,
      () => {
        this.emit({ type: "tool-call", path, ...use });
        began = this.world.now();
        return make();
      },
      (outcome) => {
        const latencyMs = Math.max(0, Math.round(this.world.now() - began));
        this.emit({ type: "tool-result", path, id: use.id, name: use.name, latencyMs, ...outcome });
      },
    );
  }

  async #once<Value>(key: string, compute: () => Promise<Value>, tell: (value: Value) => void): Promise<Value> {
    const known = this.world.records.get(this.#key);
    if (known?.has(key) === true) return known.get(key) as Value;
    const underWay = this.#underWay.get(key);
    if (underWay !== undefined) return underWay as Promise<Value>;
    this.#refuseMore(key);
    const computing = (async () => {
      const value = await compute();
      this.#check(key, value);
      tell(value);
      this.#keep(key, value);
      return value;
    })();
    this.#underWay.set(key, computing);
    return computing.finally(() => this.#underWay.delete(key));
  }

  #keep(key: string, value: unknown): void {
    const records = this.world.records.get(this.#key) ?? new Map<string, unknown>();
    this.world.records.set(this.#key, records.set(key, value));
  }

  #refuseMore(key: string): void {
    const size = (this.world.records.get(this.#key)?.size ?? 0) + this.#underWay.size;
    if (key.length > onceLimits.key || size >= onceLimits.values)
      throw new NodeFailure("value-too-large", `The step keeps more than ${onceLimits.values} values.`);
  }

  #check(key: string, value: unknown): void {
    const tooLarge = this.world.budget.take({ [key]: value });
    if (tooLarge !== null) throw new NodeFailure(tooLarge.code, tooLarge.message);
    const fault = findJsonFault(value, { depth: deepest });
    if (fault !== null) throw new NodeFailure("internal", `What the step keeps as "${key}" is no JSON.`);
  }
}

/** The key of a call of a tool. */
export const toolKey = (id: string): string => `tool:${id}`;
