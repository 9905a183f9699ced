import { convert } from "@/runtime/node/connection";
import { getOwn, setOwn } from "@/runtime/node/record";
import type { Plan, PlanNode } from "@/runtime/plan/plan";
import type { NodePath, SkipReason } from "@/runtime/run/events";

export type Values = Readonly<Record<string, unknown>>;

/** A root cause further left wins where a node is skipped for several. */
const weight: Record<SkipReason, number> = { aborted: 4, "upstream-failed": 3, disabled: 2, "branch-not-taken": 1 };
const stronger = (a: SkipReason | null, b: SkipReason): SkipReason => (a !== null && weight[a] >= weight[b] ? a : b);

const absent = Symbol("nothing delivered");

/**
 * One graph being run: which wires have settled, what they carry, and which nodes are ready. It holds no clock and starts nothing.
 * A loop or a map opens one frame an item, under a longer path.
 */
export class Frame {
  readonly paths: readonly NodePath[];
  /** Indexes of nodes all of whose wires have settled, in the order they became ready. */
  readonly ready: number[] = [];
  #settled = 0;
  readonly #waiting: number[];
  readonly #slots: unknown[][];
  readonly #delivered: number[];
  /** Why a required input (or, for `join: any`, an input) will never come. */
  readonly #missing: (SkipReason | null)[];

  constructor(
    readonly plan: Plan,
    prefix: NodePath = [],
  ) {
    const { nodes } = plan;
    this.paths = nodes.map(({ id }) => [...prefix, id]);
    this.#waiting = nodes.map(({ incoming }) => incoming);
    this.#slots = nodes.map(({ inputs }) => new Array(inputs.length).fill(absent));
    this.#delivered = new Array(nodes.length).fill(0);
    this.#missing = new Array(nodes.length).fill(null);
    for (const { index, incoming } of nodes) if (incoming === 0) this.ready.push(index);
  }

  get complete(): boolean {
    return this.#settled === this.plan.nodes.length;
  }

  /** Why a ready node is not run; null where it is. */
  skipReason({ index, disabled, join, incoming }: PlanNode): SkipReason | null {
    if (disabled) return "disabled";
    const missing = this.#missing[index] ?? null;
    if (join === "any") return incoming > 0 && this.#delivered[index] === 0 ? (missing ?? "branch-not-taken") : null;
    return missing;
  }

  inputsOf({ index, inputs }: PlanNode): Values {
    const slots = this.#slots[index] as unknown[];
    const values: Record<string, unknown> = {};
    for (let slot = 0; slot < inputs.length; slot++) {
      const value = slots[slot];
      if (value !== absent) setOwn(values, (inputs[slot] as { name: string }).name, value);
    }
    return values;
  }

  /** What a node that is switched off lets through of what came into it; null where nothing does. */
  passedBy({ index, passes }: PlanNode): Values | null {
    const slots = this.#slots[index] as unknown[];
    const values: Record<string, unknown> = {};
    for (const { output, input, toText } of passes) {
      const value = slots[input];
      if (value !== absent) setOwn(values, output, toText ? convert(value, "text") : value);
    }
    return Object.keys(values).length === 0 ? null : values;
  }

  /** Why nothing comes out of a node that is switched off: because nothing came to be passed on, or because it is off. */
  reasonOff({ index, passes }: PlanNode): SkipReason {
    return (passes.length > 0 ? this.#missing[index] : null) ?? "disabled";
  }

  /** The node has ended with these outputs. One left out gives nothing, because that branch was not taken or for another reason. */
  deliver(node: PlanNode, outputs: Values, otherwise: SkipReason = "branch-not-taken"): void {
    this.#settled++;
    // A large value that goes to many as text is written out once.
    let texts: Map<string, unknown> | null = null;
    for (const { sourcePort, target, input, toText } of node.outgoing) {
      let value = getOwn(outputs, sourcePort);
      if (toText && value !== undefined && typeof value !== "string") {
        texts ??= new Map();
        if (!texts.has(sourcePort)) texts.set(sourcePort, convert(value, "text"));
        value = texts.get(sourcePort);
      }
      if (value === undefined) this.#miss(target, input, otherwise);
      else {
        (this.#slots[target] as unknown[])[input] = value;
        this.#delivered[target] = (this.#delivered[target] as number) + 1;
      }
      this.#release(target);
    }
    // Its inputs are not asked for again, and may be large.
    this.#slots[node.index] = [];
  }

  /** The node has ended without outputs. */
  withhold(node: PlanNode, reason: SkipReason): void {
    this.#settled++;
    for (const { target, input } of node.outgoing) {
      this.#miss(target, input, reason);
      this.#release(target);
    }
    this.#slots[node.index] = [];
  }

  #miss(target: number, input: number, reason: SkipReason): void {
    const { join, inputs } = this.plan.nodes[target] as PlanNode;
    if (join === "any" || inputs[input]?.optional === false) {
      this.#missing[target] = stronger(this.#missing[target] ?? null, reason);
    }
  }

  #release(target: number): void {
    const left = (this.#waiting[target] as number) - 1;
    this.#waiting[target] = left;
    if (left === 0) this.ready.push(target);
  }
}
