import { z } from "zod";

const measured = z.number().nullable();
/** One point of a live curve: means over the steps that it stands for, and the least and most loss among them. */
export const curvePoint = z.object({
  /** The last step that it stands for. */
  step: z.number().int(),
  loss: measured,
  least: measured,
  most: measured,
  learningRate: measured,
  memoryBytes: measured,
  count: z.number().int(),
});
export type CurvePoint = z.output<typeof curvePoint>;

export const curve = z.object({
  /** Steps told for one point. */
  stride: z.number().int().positive().default(1),
  points: z.array(curvePoint).default([]),
});
export type Curve = z.output<typeof curve>;

/** Points kept of one curve; one more halves them. */
export const mostPoints = 1_000;

export interface Told {
  readonly step: number;
  readonly loss: number | null;
  readonly learningRate: number | null;
  readonly memoryBytes: number | null;
}

const mean = (left: number | null, leftCount: number, right: number | null, rightCount: number): number | null =>
  left === null ? right : right === null ? left : (left * leftCount + right * rightCount) / (leftCount + rightCount);
const least = (left: number | null, right: number | null) =>
  left === null ? right : right === null ? left : Math.min(left, right);
const most = (left: number | null, right: number | null) =>
  left === null ? right : right === null ? left : Math.max(left, right);

const join = (left: CurvePoint, right: CurvePoint): CurvePoint => ({
  step: right.step,
  loss: mean(left.loss, left.count, right.loss, right.count),
  least: least(left.least, right.least),
  most: most(left.most, right.most),
  learningRate: right.learningRate ?? left.learningRate,
  memoryBytes: most(left.memoryBytes, right.memoryBytes),
  count: left.count + right.count,
});

/**
 * The curve with one more step. However many steps there are, at most `mostPoints` points stand for them, each for as many; what was highest and lowest
 * stays. A training that was resumed tells steps again: what stood from there on is forgotten.
 */
export const addToCurve = ({ stride, points }: Curve, { step, loss, learningRate, memoryBytes }: Told): Curve => {
  const one: CurvePoint = { step, loss, least: loss, most: loss, learningRate, memoryBytes, count: 1 };
  const kept = (points.at(-1)?.step ?? -1) >= step ? points.filter((point) => point.step < step) : points;
  const last = kept.at(-1);
  if (last !== undefined && last.count < stride) return { stride, points: [...kept.slice(0, -1), join(last, one)] };
  if (kept.length < mostPoints) return { stride, points: [...kept, one] };
  const halved: CurvePoint[] = [];
  for (let place = 0; place + 1 < kept.length; place += 2) {
    const [left, right] = [kept[place], kept[place + 1]];
    if (left !== undefined && right !== undefined) halved.push(join(left, right));
  }
  return { stride: stride * 2, points: [...halved, one] };
};
