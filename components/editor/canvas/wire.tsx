import { type EdgeProps, getBezierPath } from "@xyflow/react";
import { memo } from "react";
import { useShallow } from "zustand/react/shallow";
import type { RunStoreState } from "@/components/run/run-store";
import type { CardNode, WireEdge } from "../store/flow-elements";
import { useDiagnostics, useEditor, useRun, useView } from "../workbench";
import { cardGeometry } from "./card-geometry";
import { nodeKey, useFramePrefix } from "./frame-prefix";
import { portStyle } from "./port-colour";
import { useIsCritical } from "./use-card-heat";
import { type BoxIndex, indexBoxes, laneFor, lanePath } from "./wire-route";

/** `idle`: the run is over and nothing came along; `flowing`: text is coming along now. */
const runState = ({ current }: RunStoreState, source: string, port: string, target: string): string | undefined => {
  const from = current?.state.nodes.get(source);
  if (!current || !from) return undefined;
  if (from.status === "failure" || (from.status === "skipped" && from.outputs === null)) return "idle";
  const over = from.status === "success" || from.status === "skipped";
  if (over && from.outputs && !Object.hasOwn(from.outputs, port)) return "idle";
  const to = current.state.nodes.get(target);
  return over && to?.status === "running" ? "flowing" : undefined;
};

const known = new WeakMap<readonly CardNode[], BoxIndex>();

/** The cards as what wires go round, worked out once for all wires. Heights are those without a run's footer. */
const boxesOf = (cards: readonly CardNode[]): BoxIndex => {
  let index = known.get(cards);
  if (!index) {
    index = indexBoxes(
      cards.map(({ id, position, initialHeight = 0 }) => ({
        id,
        ...position,
        width: cardGeometry.width,
        height: initialHeight,
      })),
    );
    known.set(cards, index);
  }
  return index;
};

export const Wire = memo(function Wire(props: EdgeProps<WireEdge>) {
  const { id, source, sourceHandleId, target, sourceX, sourceY, targetX, targetY, data, markerEnd } = props;
  const prefix = useFramePrefix();
  const run = useRun((state) =>
    runState(state, nodeKey(prefix, source), sourceHandleId ?? "", nodeKey(prefix, target)),
  );
  const critical = useIsCritical(prefix, source, target);
  const marked = useView((view) => view.markedWires.has(id));
  const fault = useDiagnostics(({ byEdge }) => byEdge.has(id));
  const lane = useEditor(
    useShallow(({ cards }) =>
      laneFor(
        boxesOf(cards),
        { node: source, x: sourceX, y: sourceY },
        { node: target, x: targetX, y: targetY },
        sourceHandleId ?? "",
      ),
    ),
  );
  const [straight] = getBezierPath({
    sourceX,
    sourceY,
    sourcePosition: props.sourcePosition,
    targetX,
    targetY,
    targetPosition: props.targetPosition,
    curvature: 0.3,
  });
  const path = lane ? lanePath({ x: sourceX, y: sourceY }, { x: targetX, y: targetY }, lane) : straight;
  return (
    <g style={portStyle(data?.kind ?? "any")}>
      <path d={path} className="wire-halo" />
      <path
        d={path}
        className="wire-path"
        data-run={run}
        data-fault={fault ? "" : undefined}
        data-critical={critical ? "" : undefined}
        data-marked={marked ? "" : undefined}
        markerEnd={markerEnd}
      />
      <path d={path} className="react-flow__edge-interaction" fill="none" strokeOpacity={0} strokeWidth={18} />
    </g>
  );
});
