import { type ConnectionLineComponentProps, getBezierPath } from "@xyflow/react";
import { useTranslations } from "next-intl";
import type { CardNode } from "../store/flow-elements";
import { useEditor, useView } from "../workbench";
import { portStyle } from "./port-colour";
import { useRefusalText } from "./use-refusal-text";

/** The wire under the pointer, in the colour of what it carries, and the reason where the port below does not take it. */
export function ConnectionLine(props: ConnectionLineComponentProps<CardNode>) {
  const { fromX, fromY, toX, toY, fromPosition, toPosition } = props;
  const begun = useView(({ connecting }) => connecting?.begun);
  const refusal = useView((view) => view.refusal);
  const kind = useEditor(({ document, flow }) => {
    const node = document.nodes.find(({ id }) => id === begun?.ref.node);
    if (!begun || !node) return "any" as const;
    const ports = flow.portsOf(node);
    return (begun.side === "input" ? ports.inputs : ports.outputs)[begun.ref.port]?.kind ?? ("any" as const);
  });
  const t = useTranslations("editor");
  const text = useRefusalText();
  const [path] = getBezierPath({
    sourceX: fromX,
    sourceY: fromY,
    sourcePosition: fromPosition,
    targetX: toX,
    targetY: toY,
    targetPosition: toPosition,
    curvature: 0.3,
  });
  return (
    <g style={portStyle(kind)}>
      <path
        d={path}
        className="wire-path"
        style={refusal ? { stroke: "var(--error)", strokeDasharray: "4 4" } : undefined}
      />
      <circle cx={toX} cy={toY} r={4} fill={refusal ? "var(--error)" : "var(--port)"} />
      {refusal ? (
        <foreignObject
          x={toX + 12}
          y={toY + 8}
          width={260}
          height={80}
          className="pointer-events-none overflow-visible"
        >
          <div className="w-fit max-w-60 rounded-md bg-raised px-2 py-1 text-error text-xs shadow-pop" role="status">
            <span className="sr-only">{t("wire.refused")}</span>
            {text(refusal)}
          </div>
        </foreignObject>
      ) : null}
    </g>
  );
}
