/** Round times for the axis of a span of milliseconds: about `wanted` ticks of 1, 2 or 5 times a power of ten. */
export const axisTicks = (durationMs: number, wanted = 5): readonly number[] => {
  if (!(durationMs > 0)) return [0];
  const rough = durationMs / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough) ?? rough;
  return Array.from({ length: Math.floor(durationMs / step + 1e-9) + 1 }, (_, index) => index * step);
};
