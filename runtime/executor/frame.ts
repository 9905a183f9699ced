import { convert } from "@/runtime/node/connection";
import { getOwn, setOwn } from "@/runtime/node/record";
import type { Plan, PlanEdge, PlanInput, PlanNode } from "@/runtime/plan/plan";
import type { NodePath, SkipReason } from "@/runtime/run/events";

export type Values = Readonly<Record<string, unknown>>;

/** A root cause further left wins where a node is skipped for several. */
const weight: Record<SkipReason, number> = {
  aborted: 5,
  "upstream-failed": 4,
  disabled: 3,
  "left-out": 2,
  "branch-not-taken": 1,
};
const stronger = (a: SkipReason | null, b: SkipReason): SkipReason => (a !== null && weight[a] >= weight[b] ? a : b);

const absent = Symbol("nothing delivered");
/** Of nodes that nothing has come to, or whose inputs are not asked for again. */
const nothing: readonly unknown[] = [];

/** What all frames of a plan begin with. */
interface Layout {
  readonly incoming: Int32Array;
  readonly roots: readonly number[];
  /** How many inputs each node has. */
  readonly widths: readonly number[];
  /**
   * All inputs of each node, empty. They are copied and then filled: objects grown key by key would give the engine's table of shapes an entry a
   * node, which the garbage collector throws away and each run makes again (thirty times slower at a thousand nodes).
   */
  readonly blanks: readonly Values[];
  readonly paths: readonly NodePath[];
}
const blankOf = (inputs: PlanNode["inputs"]): Values => {
  const blank: Record<string, unknown> = {};
  for (const { name } of inputs) setOwn(blank, name, undefined);
  return blank;
};
const layouts = new WeakMap<Plan, Layout>();
const layoutOf = (plan: Plan): Layout => {
  let layout = layouts.get(plan);
  if (layout === undefined) {
    const { nodes } = plan;
    layout = {
      incoming: Int32Array.from(nodes, ({ incoming }) => incoming),
      roots: nodes.flatMap(({ index, incoming }) => (incoming === 0 ? [index] : [])),
      widths: nodes.map(({ inputs }) => inputs.length),
      blanks: nodes.map(({ inputs }) => blankOf(inputs)),
      paths: nodes.map(({ id }) => [id]),
    };
    layouts.set(plan, layout);
  }
  return layout;
};

/**
 * One graph being run: which wires have settled, what they carry, and which nodes are ready. It holds no clock and starts nothing.
 * A loop or a map opens one frame an item, under a longer path.
 */
export class Frame {
  readonly paths: readonly NodePath[];
  /** Indexes of nodes all of whose wires have settled, in the order they became ready. */
  readonly ready: number[];
  #settled = 0;
  readonly #layout: Layout;
  readonly #waiting: Int32Array;
  readonly #slots: (unknown[] | undefined)[];
  /** How many values have come to a node; only kept of those with `join: any`. */
  #delivered: Int32Array | null = null;
  /** Why a required input (or, for `join: any`, an input) will never come. */
  #missing: (SkipReason | null)[] | null = null;

  constructor(
    readonly plan: Plan,
    prefix: NodePath = [],
  ) {
    this.#layout = layoutOf(plan);
    const { incoming, roots, paths } = this.#layout;
    this.paths = prefix.length === 0 ? paths : paths.map((path) => [...prefix, ...path]);
    this.#waiting = incoming.slice();
    this.#slots = new Array(incoming.length).fill(undefined);
    this.ready = roots.slice();
  }

  get complete(): boolean {
    return this.#settled === this.plan.nodes.length;
  }

  /** Why a ready node is not run; null where it is. */
  skipReason({ index, disabled, join, incoming }: PlanNode): SkipReason | null {
    if (disabled) return "disabled";
    const missing = this.#missing?.[index] ?? null;
    if (join === "any") {
      const hasNone = this.#delivered === null || this.#delivered[index] === 0;
      return incoming > 0 && hasNone ? (missing ?? "branch-not-taken") : null;
    }
    return missing;
  }

  inputsOf({ index, inputs }: PlanNode): Values {
    const slots = this.#slots[index] ?? nothing;
    if (slots.length > 0 && !slots.includes(absent)) {
      const all: Record<string, unknown> = { ...this.#layout.blanks[index] };
      // Its keys are its own already, `__proto__` too.
      for (let slot = 0; slot < slots.length; slot++) all[(inputs[slot] as PlanInput).name] = slots[slot];
      return all;
    }
    const values: Record<string, unknown> = {};
    for (let slot = 0; slot < slots.length; slot++) {
      const value = slots[slot];
      if (value !== absent) setOwn(values, (inputs[slot] as PlanInput).name, value);
    }
    return values;
  }

  /** What a node that is switched off lets through of what came into it; null where nothing does. */
  passedBy({ index, passes }: PlanNode): Values | null {
    const slots = this.#slots[index] ?? nothing;
    const values: Record<string, unknown> = {};
    for (const { output, input, toText } of passes) {
      const value = input < slots.length ? slots[input] : absent;
      if (value !== absent) setOwn(values, output, toText ? convert(value, "text") : value);
    }
    return Object.keys(values).length === 0 ? null : values;
  }

  /** Why nothing comes out of a node that is switched off: because nothing came to be passed on, or because it is off. */
  reasonOff({ index, passes }: PlanNode): SkipReason {
    return (passes.length > 0 ? this.#missing?.[index] : null) ?? "disabled";
  }

  /** The node has ended with these outputs. One left out gives nothing, because that branch was not taken or for another reason. */
  deliver(node: PlanNode, outputs: Values, otherwise: SkipReason = "branch-not-taken"): void {
    this.#settled++;
    const { outgoing } = node;
    // A large value that goes to many as text is written out once.
    let texts: Map<string, unknown> | null = null;
    for (let index = 0; index < outgoing.length; index++) {
      const { sourcePort, target, input, toText } = outgoing[index] as PlanEdge;
      let value = getOwn(outputs, sourcePort);
      if (toText && value !== undefined && typeof value !== "string") {
        texts ??= new Map();
        if (!texts.has(sourcePort)) texts.set(sourcePort, convert(value, "text"));
        value = texts.get(sourcePort);
      }
      if (value === undefined) this.#miss(target, input, otherwise);
      else this.#put(target, input, value);
      this.#release(target);
    }
    // Its inputs are not asked for again, and may be large.
    this.#slots[node.index] = undefined;
  }

  /** The node has ended without outputs. */
  withhold(node: PlanNode, reason: SkipReason): void {
    this.#settled++;
    for (const { target, input } of node.outgoing) {
      this.#miss(target, input, reason);
      this.#release(target);
    }
    this.#slots[node.index] = undefined;
  }

  #put(target: number, input: number, value: unknown): void {
    let slots = this.#slots[target];
    if (slots === undefined) {
      const width = this.#layout.widths[target] as number;
      slots = width === 1 ? [absent] : new Array<unknown>(width).fill(absent);
      this.#slots[target] = slots;
    }
    slots[input] = value;
    if (this.plan.nodes[target]?.join === "any") {
      this.#delivered ??= new Int32Array(this.plan.nodes.length);
      this.#delivered[target] = (this.#delivered[target] as number) + 1;
    }
  }

  #miss(target: number, input: number, reason: SkipReason): void {
    const { join, inputs } = this.plan.nodes[target] as PlanNode;
    if (join === "any" || inputs[input]?.optional === false) {
      this.#missing ??= new Array(this.plan.nodes.length).fill(null);
      this.#missing[target] = stronger(this.#missing[target] ?? null, reason);
    }
  }

  #release(target: number): void {
    const left = (this.#waiting[target] as number) - 1;
    this.#waiting[target] = left;
    if (left === 0) this.ready.push(target);
  }
}
