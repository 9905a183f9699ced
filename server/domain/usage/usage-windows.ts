import type { UsageLimits } from "@/server/platform/route/usage-limits";

export type LimitKind = keyof UsageLimits;

/** What one limit counts: whose, and in which stretch of time. */
export interface Window {
  /** `key:<id>` or `deployment:<id>`. */
  readonly scope: string;
  readonly kind: LimitKind;
  readonly most: number;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

const minuteMs = 60_000;

const stretchOf = (kind: LimitKind, now: number): readonly [startsAt: Date, endsAt: Date] => {
  const at = new Date(now);
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  switch (kind) {
    case "requestsPerMinute": {
      const from = Math.floor(now / minuteMs) * minuteMs;
      return [new Date(from), new Date(from + minuteMs)];
    }
    case "tokensPerDay":
      return [new Date(Date.UTC(year, month, day)), new Date(Date.UTC(year, month, day + 1))];
    case "usdPerMonth":
      return [new Date(Date.UTC(year, month, 1)), new Date(Date.UTC(year, month + 1, 1))];
    default:
      return kind satisfies never;
  }
};

/** The windows that a run which begins now counts in; empty where nothing is limited. In one order, so that two statements lock them alike. */
export const windowsOf = (
  limited: readonly { readonly scope: string; readonly limits: UsageLimits | null }[],
  now: number,
): readonly Window[] =>
  limited
    .flatMap(({ scope, limits }) =>
      Object.entries(limits ?? {}).map(([name, most]) => {
        const kind = name as LimitKind;
        const [startsAt, endsAt] = stretchOf(kind, now);
        return { scope, kind, most, startsAt, endsAt };
      }),
    )
    .sort((one, other) => (`${one.scope} ${one.kind}` < `${other.scope} ${other.kind}` ? -1 : 1));
