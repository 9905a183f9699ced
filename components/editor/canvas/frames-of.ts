import { frameSegment } from "@/runtime/run/frame-path";
import type { NodeState, RunState } from "@/runtime/run/reduce";

export interface ShownFrame {
  /** As in paths: `map-1#3`. */
  readonly segment: string;
  readonly index: number;
  readonly state: NodeState;
}

/** The frames of a container, by their place; of one that was tried again the last try. `container` is the key of its state. */
export const framesOf = (run: RunState | undefined, container: string): readonly ShownFrame[] => {
  const begins = `${container}#`;
  const parent = container.slice(0, container.lastIndexOf("/") + 1).length;
  const found: ShownFrame[] = [];
  for (const [key, state] of run?.nodes ?? []) {
    if (!key.startsWith(begins) || key.includes("/", begins.length)) continue;
    const segment = key.slice(parent);
    const index = frameSegment(segment)?.index;
    if (index !== undefined) found[index] = { segment, index, state };
  }
  return Object.values(found);
};
