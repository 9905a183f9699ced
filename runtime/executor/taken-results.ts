import type { ChangedSteps } from "@/runtime/graph/changed-steps";
import type { Plan, PlanNode } from "@/runtime/plan/plan";
import type { RunEvent } from "@/runtime/run/events";
import { frameSegment } from "@/runtime/run/frame-path";
import { type Ending, type FrameLog, readRunLog } from "./run-log";

/** An end that another run takes over: a success, under the path that it has there. */
export type TakenResult = Omit<Extract<Ending, { outcome: "success" }>, "runId" | "seq" | "at">;

const nothingAgain: ChangedSteps = { steps: new Set(), inside: new Map() };

/** What a run of one frame may take of a frame that was recorded, but for the steps that must be run again and what depends on them. */
export const takenOfFrame = (
  plan: Plan,
  log: FrameLog,
  prefix: readonly string[],
  again: ChangedSteps,
): readonly TakenResult[] => {
  const taken: TakenResult[] = [];
  takeFrame(plan, log, prefix, taken, again);
  return taken;
};

/**
 * What a new run of the same plan may take from one that has ended, so that only what failed is run again, and what depends on it: of steps and of items and
 * rounds of containers, in any depth. Empty where nothing failed: then there is nothing to run again.
 */
export const takenResults = (plan: Plan, events: readonly RunEvent[]): readonly TakenResult[] => {
  const taken: TakenResult[] = [];
  const whole = takeFrame(plan, readRunLog(events, { keepsFrames: true }).frame, [], taken, nothingAgain);
  return whole ? [] : taken;
};

/** Takes what can be taken of a frame; says whether nothing of it failed. */
const takeFrame = (
  plan: Plan,
  log: FrameLog,
  prefix: readonly string[],
  taken: TakenResult[],
  wanted: ChangedSteps,
): boolean => {
  /** Nodes that must be run again, by index, because something before them must. */
  const again = new Uint8Array(plan.nodes.length);
  let whole = true;
  for (const node of plan.nodes) {
    const isAgain = again[node.index] === 1 || wanted.steps.has(node.id);
    if (!isAgain && takeNode(node, log, prefix, taken, wanted.inside.get(node.id) ?? nothingAgain)) continue;
    whole = false;
    // What an input step gives is what the frame was given: that it did not run is no reason to run again what follows it.
    if (!isAgain && node.definition?.boundary?.kind === "input") continue;
    for (const { target } of node.outgoing) again[target] = 1;
  }
  return whole;
};

const takeNode = (
  node: PlanNode,
  log: FrameLog,
  prefix: readonly string[],
  taken: TakenResult[],
  wanted: ChangedSteps,
): boolean => {
  const ending = log.endings.get(node.id);
  // What was skipped for its own reasons is skipped again for the same ones.
  if (ending?.outcome === "skipped") return ending.reason === "disabled" || ending.reason === "branch-not-taken";
  const inside: TakenResult[] = [];
  const whole = node.body === null || takeInside(node, node.body.plan, log, prefix, inside, wanted);
  const isGood =
    ending?.outcome === "success" && ending.recovered === undefined && node.definition?.boundToRun !== true;
  if (isGood && whole) taken.push(takenAs([...prefix, node.id], ending));
  else taken.push(...inside);
  return isGood && whole;
};

/** What a step called on the way to what it gave is of that way alone: run again, it may ask something else at the same place. So it is taken whole, or not at all. */
const takeInside = (...[node, body, log, prefix, taken, wanted]: Parameters<typeof takeContainer>): boolean =>
  node.definition?.container?.runs === "calls"
    ? wanted.steps.size === 0 && wanted.inside.size === 0
    : takeContainer(node, body, log, prefix, taken, wanted);

/** Frames that ended well are taken as a whole, of others what ended well in them. Rounds of a loop end at the first that is run again: the next begin with what it gives. */
const takeContainer = (
  node: PlanNode,
  body: Plan,
  log: FrameLog,
  prefix: readonly string[],
  taken: TakenResult[],
  wanted: ChangedSteps,
): boolean => {
  const isSame = wanted.steps.size === 0 && wanted.inside.size === 0;
  const frames = framesOf(node.id, log);
  // Of a container that was itself taken over, nothing is known of what is in it.
  let whole = isSame || frames.length > 0;
  for (const [index, segments] of frames) {
    const path = [...prefix, `${node.id}#${index}`];
    const good = segments.find((segment) => log.endings.get(segment)?.outcome === "success");
    const segment = good ?? segments.at(-1);
    const inner = segment === undefined ? undefined : log.frames.get(segment);
    const ending = good === undefined ? undefined : log.endings.get(good);
    const inside: TakenResult[] = [];
    const isWhole = inner === undefined ? isSame : takeFrame(body, inner, path, inside, wanted);
    if (ending?.outcome === "success" && isWhole) {
      taken.push(takenAs(path, ending));
      continue;
    }
    whole = false;
    taken.push(...inside);
    if (node.definition?.container?.runs === "sequence") break;
  }
  return whole;
};

/** By place, the segments of all tries of a frame, in the order of the tries. */
const framesOf = (container: string, log: FrameLog): readonly (readonly [number, readonly string[]])[] => {
  const found = new Map<number, string[]>();
  for (const segment of new Set([...log.attempts.keys(), ...log.endings.keys()])) {
    const frame = frameSegment(segment);
    if (frame?.container !== container) continue;
    const tries = found.get(frame.index) ?? [];
    found.set(frame.index, tries);
    tries[frame.round] = segment;
  }
  return [...found].map(([index, tries]) => [index, Object.values(tries)] as const).sort(([a], [b]) => a - b);
};

const takenAs = (
  path: readonly string[],
  { outputs, reply }: Extract<Ending, { outcome: "success" }>,
): TakenResult => ({
  type: "node-end",
  path,
  outcome: "success",
  outputs,
  cached: true,
  ...(reply === undefined ? {} : { reply }),
});
