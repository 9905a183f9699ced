/** One label taken for another by a variant's answers, as a scorer read both. */
export interface ConfusedLabels {
  readonly scorer: string;
  readonly variant: number;
  readonly actual: string;
  readonly predicted: string;
}

const names = ["scorer", "variant", "actual", "predicted"] as const;
const longest = 200;

interface Parameters {
  get(name: string): string | null;
}

/** From a page's address; null where it does not say all of it. */
export const readLabels = (parameters: Parameters): ConfusedLabels | null => {
  const [scorer, variant, actual, predicted] = names.map((name) => parameters.get(name)?.slice(0, longest) ?? null);
  return scorer && variant && /^\d{1,2}$/.test(variant) && actual != null && predicted != null
    ? { scorer, variant: Number(variant), actual, predicted }
    : null;
};

/** Into a page's address, or out of it. */
export const writeLabels = (parameters: URLSearchParams, labels: ConfusedLabels | null): void => {
  for (const name of names) {
    if (labels === null) parameters.delete(name);
    else parameters.set(name, String(labels[name]));
  }
};
