import { expect, test } from "vitest";
import { askTwoFactor } from "./ask-two-factor";

test.each([
  [401, "wrong"],
  [429, "too-many"],
  [500, "failed"],
] as const)("an answer of %d is %s", async (status, reason) => {
  expect(await askTwoFactor("confirm", { code: "1" }, async () => new Response("{}", { status }))).toEqual({
    ok: false,
    reason,
  });
});

test("an answer is handed on, and no answer is a failure", async () => {
  const said = { uri: "otpauth://x" };
  expect(await askTwoFactor("set-up", { password: "p" }, async () => Response.json(said))).toEqual({
    ok: true,
    answer: said,
  });
  const refused = async () => {
    throw new TypeError("fetch failed");
  };
  expect(await askTwoFactor("set-up", { password: "p" }, refused)).toEqual({ ok: false, reason: "failed" });
});
