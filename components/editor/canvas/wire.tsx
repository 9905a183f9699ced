import { type EdgeProps, getBezierPath } from "@xyflow/react";
import { memo } from "react";
import type { RunStoreState } from "@/components/run/run-store";
import type { WireEdge } from "../store/flow-elements";
import { useDiagnostics, useRun } from "../workbench";
import { portStyle } from "./port-colour";

/** `idle`: the run is over and nothing came along; `flowing`: text is coming along now. */
const runState = ({ current }: RunStoreState, source: string, port: string, target: string): string | undefined => {
  const from = current?.state.nodes.get(source);
  if (!current || !from) return undefined;
  if (from.status === "skipped" || from.status === "failure") return "idle";
  if (from.status === "success" && from.outputs && !Object.hasOwn(from.outputs, port)) return "idle";
  const to = current.state.nodes.get(target);
  return from.status === "success" && to?.status === "running" ? "flowing" : undefined;
};

export const Wire = memo(function Wire(props: EdgeProps<WireEdge>) {
  const { id, source, sourceHandleId, target, sourceX, sourceY, targetX, targetY, data, markerEnd } = props;
  const run = useRun((state) => runState(state, source, sourceHandleId ?? "", target));
  const fault = useDiagnostics(({ byEdge }) => byEdge.has(id));
  const [path] = getBezierPath({
    sourceX,
    sourceY,
    sourcePosition: props.sourcePosition,
    targetX,
    targetY,
    targetPosition: props.targetPosition,
    curvature: 0.3,
  });
  return (
    <g style={portStyle(data?.kind ?? "any")}>
      <path d={path} className="wire-halo" />
      <path d={path} className="wire-path" data-run={run} data-fault={fault ? "" : undefined} markerEnd={markerEnd} />
      <path d={path} className="react-flow__edge-interaction" fill="none" strokeOpacity={0} strokeWidth={18} />
    </g>
  );
});
