import type { Admission } from "@/server/domain/usage/admit-run";
import type { Used } from "@/server/domain/usage/count-usage";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";

const names = { requestsPerMinute: "requests", tokensPerDay: "tokens" } as const;

const secondsUntil = (at: Date, now: number): number => Math.max(1, Math.ceil((at.getTime() - now) / 1000));

/** `x-ratelimit-…-requests` and `-tokens`, as clients of OpenAI read them: the most, what is left, and in how many seconds it is whole again. */
export const rateLimitHeaders = ({ tightest }: Admission, now: number = Date.now()): Readonly<Record<string, string>> =>
  Object.fromEntries(
    tightest.flatMap(({ kind, most, used, endsAt }) => {
      const name = kind === "usdPerMonth" ? null : names[kind];
      if (name === null) return [];
      return [
        [`x-ratelimit-limit-${name}`, String(most)],
        [`x-ratelimit-remaining-${name}`, String(Math.max(0, most - used))],
        [`x-ratelimit-reset-${name}`, `${secondsUntil(endsAt, now)}s`],
      ];
    }),
  );

const words = {
  requestsPerMinute: (most: number) => `${most} requests a minute`,
  tokensPerDay: (most: number) => `${most} tokens a day`,
  usdPerMonth: (most: number) => `$${most} a month`,
} as const;
const codes = {
  requestsPerMinute: "limit-requests",
  tokensPerDay: "limit-tokens",
  usdPerMonth: "limit-money",
} as const;

/** Refuses a run because a limit is reached, and says which: 402 for money, else 429. */
export const limitReached = (reached: Used, admission: Admission, now: number = Date.now()): RouteRefusal => {
  const { scope, kind, most, used, endsAt } = reached;
  const of = scope.startsWith("key:") ? "key" : "pipeline";
  const wait = String(secondsUntil(endsAt, now));
  const message = `The limit of this ${of === "key" ? "API key" : "pipeline"} is reached: ${words[kind](most)}.`;
  const limit = { of, kind, most, used, resetsAt: endsAt.toISOString() };
  const hint = `It begins anew at ${endsAt.toISOString()}, or ask an owner of the workspace to raise it.`;
  const headers = { ...rateLimitHeaders(admission, now), "retry-after": wait };
  return new RouteRefusal(kind === "usdPerMonth" ? 402 : 429, codes[kind], message, { hint, limit }, headers);
};
