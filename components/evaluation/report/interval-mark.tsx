import type { ForestLine } from "./measured";

const [width, height] = [220, 20];

interface IntervalMarkProps {
  readonly at: NonNullable<ForestLine["at"]>;
  /** The axis goes from -reach to reach. */
  readonly reach: number;
  readonly colour: string;
}

/** An interval around its value on an axis with 0 in the middle; what lies beyond the axis ends in an arrow. The figures stand beside it in words. */
export function IntervalMark({ at, reach, colour }: IntervalMarkProps) {
  const place = (value: number) => (width / 2) * (1 + Math.max(-1, Math.min(1, value / reach)));
  const low = at.low === null ? null : place(at.low);
  const high = at.high === null ? null : place(at.high);
  return (
    <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true" className="h-5 w-full">
      <line x1={width / 2} x2={width / 2} y1={0} y2={height} className="stroke-line-strong" strokeWidth={1} />
      {low === null || high === null ? null : (
        <>
          <line x1={low} x2={high} y1={height / 2} y2={height / 2} stroke={colour} strokeWidth={2} />
          <line x1={low} x2={low} y1={height / 2 - 4} y2={height / 2 + 4} stroke={colour} strokeWidth={1.5} />
          <line x1={high} x2={high} y1={height / 2 - 4} y2={height / 2 + 4} stroke={colour} strokeWidth={1.5} />
        </>
      )}
      <rect x={place(at.value) - 3} y={height / 2 - 4} width={6} height={8} rx={1} fill={colour} />
    </svg>
  );
}

interface IntervalAxisProps {
  readonly reach: number;
  /** Written after each figure, e.g. `%`. */
  readonly unit: string;
}

export function IntervalAxis({ reach, unit }: IntervalAxisProps) {
  return (
    <span aria-hidden="true" className="tabular flex justify-between text-faint text-xs">
      <span>{`−${reach}${unit}`}</span>
      <span>{"0"}</span>
      <span>{`+${reach}${unit}`}</span>
    </span>
  );
}
