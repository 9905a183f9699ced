import { cn } from "@/components/ui/cn";
import { type DrawnEdge, type DrawnNode, drawMiniature, nodeSize } from "./draw-miniature";

export interface GraphMiniatureProps {
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
  /** What it shows, read out; left out where a title stands beside it. */
  readonly label?: string;
  readonly className?: string;
}

/** A graph small enough for a list: boxes with their category's hue, and the wires between. */
export function GraphMiniature({ nodes, edges, label, className }: GraphMiniatureProps) {
  const { viewBox, boxes, wires } = drawMiniature(nodes, edges);
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: it is hidden from readers, or named by its label.
    <svg
      viewBox={viewBox}
      preserveAspectRatio="xMidYMid meet"
      className={cn("size-full", className)}
      {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": true })}
    >
      {wires.map((wire) => (
        <path
          key={wire.id}
          d={wire.path}
          fill="none"
          stroke="var(--line-strong)"
          strokeWidth={6}
          strokeLinecap="round"
        />
      ))}
      {boxes.map(({ id, x, y, category }) => (
        <g key={id} transform={`translate(${x} ${y})`}>
          <rect
            width={nodeSize.width}
            height={nodeSize.height}
            rx={14}
            fill="var(--raised)"
            stroke="var(--line-strong)"
            strokeWidth={4}
          />
          <rect x={14} y={18} width={10} height={nodeSize.height - 36} rx={5} fill={`var(--category-${category})`} />
          <rect x={42} y={24} width={96} height={13} rx={6} fill="var(--faint)" opacity={0.6} />
          <rect x={42} y={50} width={140} height={10} rx={5} fill="var(--line-strong)" />
          <rect x={42} y={70} width={110} height={10} rx={5} fill="var(--line-strong)" />
        </g>
      ))}
    </svg>
  );
}
