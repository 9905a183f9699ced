import { cn } from "@/components/ui/cn";
import { type DrawnEdge, type DrawnNode, drawMiniature, nodeSize } from "./draw-miniature";

export interface GraphMiniatureProps {
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
  /** What it shows, read out; left out where a title stands beside it. */
  readonly label?: string;
  /** For a picture of a few millimetres: boxes in their hue, nothing inside. */
  readonly tiny?: boolean;
  readonly className?: string;
}

/** A graph small enough for a list: boxes with their category's hue, and the wires between. */
export function GraphMiniature({ nodes, edges, label, tiny = false, className }: GraphMiniatureProps) {
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
          strokeWidth={tiny ? 16 : 6}
          strokeLinecap="round"
        />
      ))}
      {boxes.map(({ id, x, y, category }) => (
        <g key={id} transform={`translate(${x} ${y})`}>
          {tiny ? (
            <rect {...nodeSize} rx={24} fill={`var(--category-${category})`} opacity={0.75} />
          ) : (
            <>
              <rect {...nodeSize} rx={14} fill="var(--raised)" stroke="var(--line-strong)" strokeWidth={4} />
              <rect x={16} y={20} width={11} height={80} rx={5} fill={`var(--category-${category})`} />
              <rect x={46} y={28} width={100} height={14} rx={7} fill="var(--faint)" opacity={0.6} />
              <rect x={46} y={58} width={148} height={10} rx={5} fill="var(--line-strong)" />
              <rect x={46} y={80} width={116} height={10} rx={5} fill="var(--line-strong)" />
            </>
          )}
        </g>
      ))}
    </svg>
  );
}
