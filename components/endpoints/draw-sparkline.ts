export interface HealthCheck {
  readonly at: Date;
  readonly ok: boolean;
  readonly latencyMs: number | null;
}

export interface SparkBar {
  readonly key: string;
  /** From the left, in units of one bar with its gap. */
  readonly x: number;
  /** 0 to 1 of the height; a failed check is full height. */
  readonly height: number;
  readonly ok: boolean;
}

const lowest = 0.18;

/**
 * One bar a check, the newest at the right end of `places` bars. Height is latency on a scale of square roots against the
 * slowest shown, so that one slow check does not flatten the others.
 */
export const drawSparkline = (history: readonly HealthCheck[], places: number): readonly SparkBar[] => {
  const shown = history.slice(-places);
  const slowest = Math.max(1, ...shown.map((check) => check.latencyMs ?? 0));
  return shown.map((check, index) => ({
    key: `${check.at.getTime()}-${index}`,
    x: places - shown.length + index,
    height: check.ok ? Math.max(lowest, Math.sqrt((check.latencyMs ?? 0) / slowest) * 0.8) : 1,
    ok: check.ok,
  }));
};
