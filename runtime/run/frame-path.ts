import type { NodePath } from "./events";

/** Where the frames of containers stand in a path: `map-1#3` is the fourth frame of map-1, `map-1#3~1` the same in the container's first retry. */
export interface FrameSegment {
  /** Id of the container. */
  readonly container: string;
  /** From 0. */
  readonly index: number;
  /** How often the container was tried again before; 0 in its first attempt. */
  readonly round: number;
}

/** What a segment of a path says; null for one that is a node's id. */
export const frameSegment = (segment: string): FrameSegment | null => {
  const mark = segment.lastIndexOf("#");
  if (mark < 0) return null;
  const [index, round = "0"] = segment.slice(mark + 1).split("~");
  return { container: segment.slice(0, mark), index: Number(index), round: Number(round) };
};

/** The node that a segment of a path is, or whose frame it is. */
export const nodeOfSegment = (segment: string): string => frameSegment(segment)?.container ?? segment;

/** The path of the container whose frame a path ends in; null where it ends in a node. */
export const containerOf = (path: NodePath): NodePath | null => {
  const last = frameSegment(path[path.length - 1] ?? "");
  return last === null ? null : [...path.slice(0, -1), last.container];
};

/** Frames around a path and their containers, innermost first; none for a node of the outermost frame. */
export const pathsAround = (path: NodePath): readonly NodePath[] => {
  const around: NodePath[] = [];
  const own = containerOf(path);
  if (own !== null) around.push(own);
  for (let length = path.length - 1; length > 0; length--) {
    const frame = path.slice(0, length);
    const container = containerOf(frame);
    if (container !== null) around.push(frame, container);
  }
  return around;
};
