import { expect, it } from "vitest";
import { repeatInParallel } from "./repeat-in-parallel";

it("goes on in every place until there is nothing left", async () => {
  let left = 10;
  await repeatInParallel(3, async () => {
    left -= 1;
    return left > 0;
  });
  // Each of the three places is told once that nothing is left.
  expect(left).toBe(-2);
});

it("begins nothing after an error, and waits for what is under way before it says so", async () => {
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  let begun = 0;
  let ended = 0;
  let settled = false;
  const all = repeatInParallel(2, async () => {
    begun += 1;
    if (begun === 1) throw new Error("The first fails.");
    await gate;
    ended += 1;
    return true;
  }).finally(() => {
    settled = true;
  });
  await Promise.resolve();
  expect(settled).toBe(false);
  open();
  await expect(all).rejects.toThrow("The first fails.");
  expect([begun, ended]).toEqual([2, 1]);
});
