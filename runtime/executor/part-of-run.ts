import type { ChangedSteps } from "@/runtime/graph/changed-steps";
import { sameJson } from "@/runtime/graph/hash";
import { fail, ok, type Result } from "@/runtime/graph/result";
import { convert } from "@/runtime/node/connection";
import { getOwn, setOwn } from "@/runtime/node/record";
import { valueLimits } from "@/runtime/node/value-limits";
import { pinFault } from "@/runtime/plan/check-pin";
import type { Plan, PlanNode } from "@/runtime/plan/plan";
import type { NodePath, RunEvent } from "@/runtime/run/events";
import { frameSegment } from "@/runtime/run/frame-path";
import { pathKey } from "@/runtime/run/reduce";
import type { PartMode, PartRefusal, RunPart } from "@/runtime/run/run-part";
import { checkNodeInputs } from "./check-ports";
import type { Values } from "./frame";
import { asFields } from "./nested-frames";
import { emptyFrameLog, type FrameLog, readRunLog } from "./run-log";
import { planWithin } from "./start-run";
import { type TakenResult, takenOfFrame } from "./taken-results";

/** What somebody asks for instead of a whole run. */
export interface AskedPart {
  readonly mode: PartMode;
  /** The step pointed at. */
  readonly node?: string;
  /** The frame that it stands in; left out or empty for the pipeline itself. */
  readonly within?: NodePath;
  /** Inputs that a person gives the step, by port: only with `alone`. */
  readonly given?: Values;
  /** Inputs that a person takes away from it, whatever was recorded there. */
  readonly cleared?: readonly string[];
}

/** A run that has ended, as a part may stand on it. */
export interface StoredRun {
  readonly id: string;
  readonly events: readonly RunEvent[];
  /** What is done otherwise since. */
  readonly changed: ChangedSteps;
}

export interface PartWorld {
  readonly plan: Plan;
  /** Of the pipeline; for a part within a container those that were recorded for its frame count. */
  readonly inputs: Values;
  readonly stored: StoredRun | null;
  /** Outputs that stand in place of what steps of the pipeline itself give, by step. */
  readonly pins: ReadonlyMap<string, Values>;
}

export interface PlannedPart {
  readonly part: RunPart;
  readonly taken: readonly TakenResult[];
  readonly inputs: Values;
}

/** Works out what a part of a run runs, and what it takes of a stored run and of pins in place of the rest. */
export const planPart = (asked: AskedPart, world: PartWorld): Result<PlannedPart, PartRefusal> => {
  const within = asked.within ?? [];
  const plan = planWithin(world.plan, within);
  const frame = within.join("/");
  if (plan === null) return fail({ code: "no-frame", frame });
  const stored = storedFrame(world.stored, within);
  const body = bodyOf(world.plan, within);
  if (within.length > 0) {
    if (stored === null || body === null) return fail({ code: "no-frame", frame });
    const cut = cutPort(stored.inputs);
    if (cut !== null) return fail({ code: "frame-cut", frame, port: cut });
  }
  // A step that runs alone is shown with what was recorded, so that is what counts: a form that was changed since gives a mixture that never was.
  const own = asked.mode === "alone" ? (stored?.inputs ?? world.inputs) : world.inputs;
  const inputs = body === null || stored === null ? own : asFields(stored.inputs, body);
  const target = asked.node === undefined ? undefined : plan.nodes.find(({ id }) => id === asked.node);
  if (asked.node !== undefined && target === undefined) return fail({ code: "no-step", node: asked.node });
  if (target?.disabled) return fail({ code: "switched-off", node: target.label });
  // Whoever points at a step wants to see it run. Pins are of the pipeline itself.
  const pins = new Map(
    within.length > 0
      ? []
      : [...world.pins].filter(([id]) => id !== target?.id && plan.nodes.some((node) => node.id === id)),
  );
  for (const [id, outputs] of pins) {
    const node = plan.nodes.find((each) => each.id === id) as PlanNode;
    const reason = pinFault(node.outputs, outputs);
    if (reason !== null) return fail({ code: "pin-wrong", node: node.label, reason });
  }
  const taken = asked.mode === "pinned" ? [] : takenOf(plan, { target, stored, pins, inputs, within });
  const pinned = [...pins].map(([id, outputs]): TakenResult => {
    return { type: "node-end", path: [...within, id], outcome: "success", outputs, cached: true };
  });
  const known = new Set([
    ...pins.keys(),
    ...taken.flatMap(({ path }) => (path.length === within.length + 1 ? [path[within.length] as string] : [])),
  ]);
  const given =
    target !== undefined && asked.mode === "alone"
      ? givenTo(target, { plan, stored, pins, inputs, given: asked.given ?? {}, cleared: asked.cleared ?? [] })
      : null;
  if (given !== null && !given.ok) return given;
  const part: RunPart = {
    mode: asked.mode,
    ...(target !== undefined && { node: target.id }),
    ...(within.length > 0 && { within }),
    steps: stepsOf(plan, asked.mode, target, known),
    ...(given !== null && { given: given.value }),
    taken: taken.length + pinned.length,
    ...(taken.length > 0 && world.stored !== null && { source: world.stored.id }),
    ...(pins.size > 0 && { pins: [...pins.keys()] }),
  };
  return ok({ part, taken: [...taken, ...pinned], inputs });
};

interface StoredFrame {
  readonly inputs: Values;
  readonly log: FrameLog;
  readonly changed: ChangedSteps;
  /** Steps whose results in it say nothing of what they give by themselves. */
  readonly doubtful: ReadonlySet<string>;
}

const noChanges: ChangedSteps = { steps: new Set(), inside: new Map() };

/** The record of one frame in a stored run; null where it has none. */
const storedFrame = (stored: StoredRun | null, within: NodePath): StoredFrame | null => {
  const [first] = stored?.events ?? [];
  if (stored === null || first?.type !== "run-start") return null;
  const { part } = first;
  const key = within.join("/");
  const isOwn = (part?.within ?? []).join("/") === key;
  // A run of one frame says nothing of the pipeline around it.
  if (within.length === 0 && !isOwn) return null;
  const start = isOwn
    ? first
    : stored.events.findLast((event) => event.type === "node-start" && pathKey(event.path) === key);
  if (start?.type !== "run-start" && start?.type !== "node-start") return null;
  let log = readRunLog(stored.events, { keepsFrames: true }).frame;
  let changed = stored.changed;
  for (const segment of within) {
    log = log.frames.get(segment) ?? emptyFrameLog;
    changed = changed.inside.get(frameSegment(segment)?.container ?? "") ?? noChanges;
  }
  const doubtful = new Set(isOwn ? part?.pins : []);
  if (isOwn && part?.given !== undefined && part.node !== undefined) doubtful.add(part.node);
  return { inputs: start.inputs, log, changed, doubtful };
};

const bodyOf = (plan: Plan, within: NodePath) => {
  const outer = planWithin(plan, within.slice(0, -1));
  const container = frameSegment(within.at(-1) ?? "")?.container;
  return outer?.nodes.find(({ id }) => id === container)?.body ?? null;
};

/** The first input of which the record holds the beginning and the end only. */
const cutPort = (inputs: Values): string | null => {
  for (const [port, value] of Object.entries(inputs)) {
    if (typeof value !== "string" || value.length < valueLimits.recordedInputCharacters) continue;
    if (/\n\[… cut: [\d,]+ characters …\]\n/u.test(value)) return port;
  }
  return null;
};

interface Taking {
  readonly target: PlanNode | undefined;
  readonly stored: StoredFrame | null;
  readonly pins: ReadonlyMap<string, Values>;
  readonly inputs: Values;
  readonly within: NodePath;
}

const takenOf = (plan: Plan, { target, stored, pins, inputs, within }: Taking): readonly TakenResult[] => {
  if (stored === null) return [];
  const again = new Set(stored.changed.steps);
  if (target !== undefined) again.add(target.id);
  for (const id of stored.doubtful) if (!pins.has(id)) again.add(id);
  const targetsOf = (node: PlanNode, isMeant: (port: string) => boolean = () => true) => {
    for (const edge of node.outgoing) if (isMeant(edge.sourcePort)) again.add((plan.nodes[edge.target] as PlanNode).id);
  };
  for (const node of plan.nodes) {
    const pin = pins.get(node.id);
    const ending = stored.log.endings.get(node.id);
    if (pin !== undefined && (ending?.outcome !== "success" || !sameJson(ending.outputs, pin))) targetsOf(node);
    // An input step gives each field by a port of the same name: only what hangs on a changed one is run again.
    if (node.definition?.boundary?.kind === "input")
      targetsOf(node, (port) => !sameJson(getOwn(inputs, port), getOwn(stored.inputs, port)));
  }
  const isInput = new Set(
    plan.nodes.flatMap(({ id, definition }) => (definition?.boundary?.kind === "input" ? [id] : [])),
  );
  return takenOfFrame(plan, stored.log, within, { steps: again, inside: stored.changed.inside }).filter(({ path }) => {
    const own = path[within.length] as string;
    const container = frameSegment(own)?.container ?? own;
    return !pins.has(container) && !isInput.has(own);
  });
};

/** Ids of the steps that run: what was asked for, and what it needs of which nothing is known. */
const stepsOf = (
  plan: Plan,
  mode: PartMode,
  target: PlanNode | undefined,
  known: ReadonlySet<string>,
): readonly string[] => {
  const wanted = new Set<string>();
  if (target !== undefined) wanted.add(target.id);
  if (mode === "from" && target !== undefined)
    for (const node of plan.nodes)
      if (wanted.has(node.id))
        for (const { target: next } of node.outgoing) {
          const { id } = plan.nodes[next] as PlanNode;
          if (!known.has(id)) wanted.add(id);
        }
  if (target === undefined)
    for (const { id, outgoing } of plan.nodes) if (outgoing.length === 0 && !known.has(id)) wanted.add(id);
  if (mode !== "alone")
    // From the end to the beginning: what a wanted step takes is wanted, unless it is known.
    for (const node of [...plan.nodes].reverse())
      if (!known.has(node.id) && node.outgoing.some((edge) => wanted.has((plan.nodes[edge.target] as PlanNode).id)))
        wanted.add(node.id);
  // Input steps cost nothing, and what they give is asked for on the canvas.
  return plan.nodes.flatMap(({ id, definition }) =>
    wanted.has(id) || (mode !== "alone" && definition?.boundary?.kind === "input") ? [id] : [],
  );
};

interface Giving {
  readonly plan: Plan;
  readonly stored: StoredFrame | null;
  readonly pins: ReadonlyMap<string, Values>;
  /** Of the run. */
  readonly inputs: Values;
  readonly given: Values;
  readonly cleared: readonly string[];
}

/** What a step that runs alone is given: by hand, else of what was pinned or recorded where its wires begin. */
const givenTo = (
  target: PlanNode,
  { plan, stored, pins, inputs: ofRun, given, cleared }: Giving,
): Result<Values, PartRefusal> => {
  const inputs: Record<string, unknown> = {};
  for (const node of plan.nodes)
    for (const { target: next, input, sourcePort, toText } of node.outgoing) {
      const port = target.inputs[input];
      if (next !== target.index || port === undefined) continue;
      const value = getOwn(outputsOf(node, stored, pins, ofRun), sourcePort);
      if (value !== undefined) setOwn(inputs, port.name, toText ? convert(value, "text") : value);
    }
  for (const [name, value] of Object.entries(given)) {
    if (target.inputs.some((port) => port.name === name)) setOwn(inputs, name, value);
    else return fail({ code: "input-wrong", node: target.label, reason: `the step has no input "${name}"` });
  }
  for (const name of cleared) delete inputs[name];
  const missing =
    target.join === "any"
      ? Object.keys(inputs).length === 0
        ? target.inputs[0]
        : undefined
      : target.inputs.find(({ name, optional }) => !optional && !Object.hasOwn(inputs, name));
  if (missing !== undefined) return fail({ code: "no-input", node: target.label, port: missing.name });
  const wrong = checkNodeInputs(target, inputs);
  return wrong === null ? ok(inputs) : fail({ code: "input-wrong", node: target.label, reason: wrong.message });
};

const outputsOf = (
  node: PlanNode,
  stored: StoredFrame | null,
  pins: ReadonlyMap<string, Values>,
  ofRun: Values,
): Values => {
  const pin = pins.get(node.id);
  if (pin !== undefined) return pin;
  if (node.definition?.boundary?.kind === "input") return ofRun;
  const ending = stored?.log.endings.get(node.id);
  if (ending?.outcome === "success") return ending.outputs;
  return ending?.outcome === "skipped" ? (ending.passed ?? {}) : {};
};
