import type { Report } from "../contract/report";
import type { ReportInput } from "../contract/report-input";

/** What the answers of each variant came to: how many, what went wrong, tokens and cost. */
export const totalsOf = (input: ReportInput): Report["variants"] => {
  const totals = input.variants.map(() => ({
    cells: 0,
    attempts: 0,
    failures: 0,
    cachedFailures: 0,
    uncosted: 0,
    knownCostMicroUsd: 0,
    inputTokens: 0,
    outputTokens: 0,
    uncounted: 0,
  }));
  for (const { variant, status, source, attempts = 1, costMicroUsd, inputTokens, outputTokens } of input.cells) {
    const own = totals[variant];
    if (own === undefined) continue;
    own.cells += 1;
    own.attempts += attempts;
    if (status === "failure") {
      own.failures += 1;
      if (source !== undefined) own.cachedFailures += 1;
    }
    if (costMicroUsd === null) own.uncosted += 1;
    own.knownCostMicroUsd += costMicroUsd ?? 0;
    own.inputTokens += inputTokens ?? 0;
    own.outputTokens += outputTokens ?? 0;
    if (inputTokens === null || outputTokens === null) own.uncounted += 1;
  }
  return totals.map(({ uncosted, ...own }, variant) => {
    const { key = "", label = "" } = input.variants[variant] ?? {};
    return {
      key,
      label,
      cells: own.cells,
      failures: own.failures,
      ...(own.attempts > own.cells && { attempts: own.attempts }),
      unanswered: input.unanswered?.[variant] ?? 0,
      ...(input.notWhole?.[variant] ? { notWhole: input.notWhole[variant] } : {}),
      cached: input.cached[variant] ?? 0,
      ...(own.cachedFailures > 0 && { cachedFailures: own.cachedFailures }),
      totalCostMicroUsd: uncosted > 0 ? null : own.knownCostMicroUsd,
      knownCostMicroUsd: own.knownCostMicroUsd,
      inputTokens: own.inputTokens,
      outputTokens: own.outputTokens,
      uncounted: own.uncounted,
    };
  });
};
