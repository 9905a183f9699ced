import { expect, test } from "vitest";
import { priceText } from "./price-text";

test.each([
  [{ inputUsdPerM: 0.4, outputUsdPerM: 1.2 }, false, "$0.4 · $1.2 / M"],
  [{ inputUsdPerM: 0, outputUsdPerM: 0 }, false, "$0 · $0 / M"],
  [{ inputUsdPerM: 0.000001, outputUsdPerM: null }, false, "$0.000001 · ? / M"],
  [{ inputUsdPerM: null, outputUsdPerM: null }, false, null],
  [{ inputUsdPerM: 0.02, outputUsdPerM: null }, true, "$0.02 / M"],
  [{ inputUsdPerM: null, outputUsdPerM: 3 }, true, null],
])("%j (reads only: %s) is %s", (price, readsOnly, text) => {
  expect(priceText(price, readsOnly)).toBe(text);
});
