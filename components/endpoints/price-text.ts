interface Priced {
  readonly inputUsdPerM: number | null;
  readonly outputUsdPerM: number | null;
}

const dollars = (usd: number | null): string =>
  usd === null ? "?" : `$${usd.toLocaleString("en-US", { maximumFractionDigits: 6 })}`;

/**
 * US dollars for a million tokens read, then written, or null where neither is known. An embedding writes
 * nothing, so only what it reads has a price.
 */
export const priceText = ({ inputUsdPerM, outputUsdPerM }: Priced, readsOnly: boolean): string | null => {
  if (readsOnly) return inputUsdPerM === null ? null : `${dollars(inputUsdPerM)} / M`;
  if (inputUsdPerM === null && outputUsdPerM === null) return null;
  return `${dollars(inputUsdPerM)} · ${dollars(outputUsdPerM)} / M`;
};
