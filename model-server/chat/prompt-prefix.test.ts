import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reusablePrefix, sharedPrefix } from "./prompt-prefix";

describe("reusablePrefix", () => {
  it("keeps whole blocks that are the same, and always leaves something to read", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(3)),
        fc.array(fc.nat(3), { minLength: 1 }),
        fc.integer({ min: 1, max: 8 }),
        (earlier, prompt, block) => {
          const kept = reusablePrefix(earlier, prompt, block);
          expect(kept % block).toBe(0);
          expect(kept).toBeLessThan(prompt.length);
          expect(earlier.slice(0, kept)).toEqual(prompt.slice(0, kept));
          expect(kept + block > Math.min(sharedPrefix(earlier, prompt), prompt.length - 1)).toBe(true);
        },
      ),
    );
  });
});
