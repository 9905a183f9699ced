import { expect, test } from "vitest";
import { priceTexts } from "./price-texts";

test.each([
  [{ inputUsdPerM: 0.4, outputUsdPerM: 1.2 }, false, { input: "$0.4", output: "$1.2" }],
  [{ inputUsdPerM: 0, outputUsdPerM: 0 }, false, { input: "$0", output: "$0" }],
  [{ inputUsdPerM: 0.000001, outputUsdPerM: null }, false, { input: "$0.000001", output: "?" }],
  [{ inputUsdPerM: null, outputUsdPerM: null }, false, null],
  [{ inputUsdPerM: 0.02, outputUsdPerM: null }, true, { input: "$0.02", output: null }],
  [{ inputUsdPerM: null, outputUsdPerM: 3 }, true, null],
])("%j (reads only: %s) is %j", (price, readsOnly, texts) => {
  expect(priceTexts(price, readsOnly)).toEqual(texts);
});
