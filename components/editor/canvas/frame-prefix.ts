import { frameSegment } from "@/runtime/run/frame-path";
import { pathKey, type RunState } from "@/runtime/run/reduce";
import { useEditor, useRun, useView } from "../workbench";

/**
 * The path of the frame that is shown of the containers that are open: the one chosen at each, or else the first that failed, or the latest. Empty where
 * none is open.
 */
export const framePrefix = (
  run: RunState | undefined,
  scope: readonly string[],
  chosen: readonly string[],
): readonly string[] => {
  const prefix: string[] = [];
  let followed = true;
  for (const [depth, container] of scope.entries()) {
    const wanted = chosen[depth];
    const isHere = followed && wanted !== undefined && frameSegment(wanted)?.container === container;
    const frames = run?.nodes.get(pathKey([...prefix, container]))?.frames;
    // A choice deeper down belongs to the choice above it.
    if (!isHere) followed = false;
    prefix.push(isHere ? wanted : (frames?.firstFailed ?? frames?.latest ?? `${container}#0`));
  }
  return prefix;
};

/** The same, joined by `/`, of the run on the screen. */
export const useFramePrefix = (): string => {
  const scope = useEditor((state) => state.scope);
  const chosen = useView((view) => view.frames);
  return useRun(({ current }) => (scope.length === 0 ? "" : framePrefix(current?.state, scope, chosen).join("/")));
};

/** Key of the state of a node on the canvas. */
export const nodeKey = (prefix: string, node: string): string => (prefix === "" ? node : `${prefix}/${node}`);
