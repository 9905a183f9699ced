import { frameSegment } from "@/runtime/run/frame-path";
import type { Workbench } from "../workbench";

/** Opens what a path lies in, with those frames, and chooses the node at its end. */
export const showPath = ({ editor, view }: Workbench, path: string | null): void => {
  if (path === null) {
    editor.getState().select({});
    return;
  }
  const segments = path.split("/");
  const frames = segments.filter((segment) => frameSegment(segment) !== null);
  const node = segments.at(-1) ?? "";
  view.setState({ frames });
  editor.getState().goTo(frames.map((segment) => frameSegment(segment)?.container ?? segment));
  if (frameSegment(node) === null) editor.getState().select({ nodes: [node] });
};
