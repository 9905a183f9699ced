/** What a list of runs says of one. */
export interface PastRun {
  readonly status: string;
  readonly durationMs: number | null;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly uncountedCalls: number;
  /** Millionths of a US dollar; null where a price was unknown. */
  readonly costMicroUsd: number | null;
}

export interface Range {
  readonly low: number;
  readonly high: number;
}

/** What the next run will take, as a range. */
export interface RunForecast {
  /** Runs that it was learnt from. */
  readonly runs: number;
  readonly milliseconds: Range;
  /** null where some were not counted. */
  readonly tokens: Range | null;
  /** null where a price was not known. */
  readonly costMicroUsd: Range | null;
}

/** Of fewer runs nothing is said. */
const fewest = 3;

/** Four of five past runs that ended well took something between: from the tenth of them to the ninth of ten. null where too few ended well. */
export const forecastRun = (past: readonly PastRun[]): RunForecast | null => {
  const well = past.filter(({ status, durationMs }) => status === "success" && durationMs !== null);
  if (well.length < fewest) return null;
  const isCounted = well.every(({ uncountedCalls }) => uncountedCalls === 0);
  const costs = well.flatMap(({ costMicroUsd }) => (costMicroUsd === null ? [] : [costMicroUsd]));
  return {
    runs: well.length,
    milliseconds: rangeOf(well.map(({ durationMs }) => durationMs ?? 0)),
    tokens: isCounted ? rangeOf(well.map(({ inputTokens, outputTokens }) => inputTokens + outputTokens)) : null,
    costMicroUsd: costs.length === well.length ? rangeOf(costs) : null,
  };
};

const rangeOf = (amounts: readonly number[]): Range => {
  const sorted = [...amounts].sort((a, b) => a - b);
  const at = (part: number): number => {
    const place = part * (sorted.length - 1);
    const [below, above] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
    return below + (above - below) * (place - Math.floor(place));
  };
  return { low: at(0.1), high: at(0.9) };
};
