import { expect, it } from "vitest";
import { multipliesExactly, sessionOptions } from "./onnx-session";

it("opens models so that products of 8-bit numbers are exact on this processor, whichever it is", async () => {
  expect(await multipliesExactly(await sessionOptions(1))).toBe(true);
});

it("takes the slower product only where the fast one is wrong", async () => {
  expect("extra" in (await sessionOptions(2))).toBe(!(await multipliesExactly()));
});
