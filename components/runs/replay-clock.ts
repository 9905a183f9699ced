import type { RunEvent } from "@/runtime/run/events";

/** When each event of a run is shown in its replay, and what the run's own clock says then; milliseconds from the beginning. */
export interface ReplayClock {
  readonly at: readonly number[];
  readonly run: readonly number[];
  /** Of the replay. */
  readonly length: number;
  /** Some waits are shorter in the replay than they were. */
  readonly isShortened: boolean;
}

/** Between two events that change what is seen, so that none is missed. */
const shortest = 30;
/** Nobody watches a wait for longer; the run's clock goes faster through it. */
const longest = 3_000;

/** Words that stream in need no pause of their own: they come as fast as they came. */
const streams: ReadonlySet<RunEvent["type"]> = new Set(["node-delta", "node-thinking", "node-retract"]);

export const replayClock = (events: readonly Pick<RunEvent, "at" | "type">[]): ReplayClock => {
  const origin = Date.parse(events[0]?.at ?? "");
  const at: number[] = [];
  const run: number[] = [];
  let isShortened = false;
  for (const [index, event] of events.entries()) {
    const former = run[index - 1] ?? 0;
    // A clock that was set back while the run went on counts as standing still.
    const now = Math.max(former, Date.parse(event.at) - origin);
    const gap = now - former;
    if (gap > longest) isShortened = true;
    run.push(now);
    at.push(
      index === 0 ? 0 : (at[index - 1] ?? 0) + Math.min(longest, Math.max(streams.has(event.type) ? 0 : shortest, gap)),
    );
  }
  return { at, run, length: at.at(-1) ?? 0, isShortened };
};

/** How many events are shown at a place of the replay, at least the first. */
export const shownAt = ({ at }: ReplayClock, place: number): number => {
  let low = 0;
  let high = at.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((at[middle] ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  return Math.max(1, low);
};

/** What the run's clock says at a place of the replay: between two events it goes on evenly. */
export const runTimeAt = (clock: ReplayClock, place: number): number => {
  const { at, run } = clock;
  const index = shownAt(clock, place) - 1;
  const [from = 0, to] = [at[index], at[index + 1]];
  const [before = 0, after] = [run[index], run[index + 1]];
  if (to === undefined || after === undefined || to <= from) return before;
  return before + ((after - before) * (Math.min(place, to) - from)) / (to - from);
};

/** `0:01.2`, `12:05.0`, `1:02:03.4`: always as wide while it runs. */
export const clockText = (milliseconds: number): string => {
  const tenths = Math.floor(milliseconds / 100);
  const seconds = Math.floor(tenths / 10);
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const tail = `${two(seconds % 60)}.${tenths % 10}`;
  return hours > 0 ? `${hours}:${two(minutes)}:${tail}` : `${minutes}:${tail}`;
};
