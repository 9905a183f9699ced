import type { RunErrorData } from "@/runtime/run/errors";
import type { NodePath, RunEvent } from "@/runtime/run/events";
import { frameSegment } from "@/runtime/run/frame-path";

/**
 * Errors that a run went on without: of steps and of items of a map that gave nothing or their default in place of what they would have given. Not those of an
 * attempt that was made again, and not those inside of what failed as a whole, which says itself what by.
 */
export const leftWithout = (events: readonly RunEvent[]): readonly RunErrorData[] => {
  let open: { readonly path: NodePath; readonly error: RunErrorData }[] = [];
  for (const event of events) {
    if (event.type !== "node-retry" && event.type !== "node-end") continue;
    const error = event.type === "node-retry" ? null : errorOf(event);
    if (event.type === "node-end" && error === null) continue;
    const { path } = event;
    open = open.filter((each) => !isInside(each.path, path));
    if (error !== null) open.push({ path, error });
  }
  return open.map(({ error }) => error);
};

const errorOf = (event: Extract<RunEvent, { type: "node-end" }>): RunErrorData | null => {
  if (event.outcome === "failure") return event.error;
  return event.outcome === "success" ? (event.recovered ?? null) : null;
};

/** Whether a path lies in a frame, or in any frame of a container. */
const isInside = (path: NodePath, around: NodePath): boolean => {
  const last = around.length - 1;
  if (path.length < around.length || around.slice(0, last).some((segment, index) => segment !== path[index]))
    return false;
  const [segment, name] = [path[last] ?? "", around[last] ?? ""];
  return segment === name ? path.length > around.length : frameSegment(segment)?.container === name;
};
