interface Priced {
  readonly inputUsdPerM: number | null;
  readonly outputUsdPerM: number | null;
}

const dollars = (usd: number | null): string =>
  usd === null ? "?" : `$${usd.toLocaleString("en-US", { maximumFractionDigits: 6 })}`;

/**
 * US dollars for a million tokens, read and written, as texts; null where neither is known. An embedding writes nothing, so
 * only what it reads has a price.
 */
export const priceTexts = (
  { inputUsdPerM, outputUsdPerM }: Priced,
  readsOnly: boolean,
): { readonly input: string; readonly output: string | null } | null => {
  if (readsOnly) return inputUsdPerM === null ? null : { input: dollars(inputUsdPerM), output: null };
  if (inputUsdPerM === null && outputUsdPerM === null) return null;
  return { input: dollars(inputUsdPerM), output: dollars(outputUsdPerM) };
};
