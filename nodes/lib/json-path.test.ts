import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { everyElement, formatPath, parsePath, pathLimits, pick } from "./json-path";

const value = {
  customer: { name: "Ada", "first name": "A", 电话: ["1", "2"] },
  items: [{ price: 3, tags: ["x", "y"] }, { price: 5, tags: [] }, { tags: ["z"] }],
};
const read = (path: string, from: unknown = value) => {
  const steps = parsePath(path);
  if (!steps.ok) return steps.error;
  const picked = pick(from, steps.value);
  return picked.ok ? picked.value : picked.error;
};

describe("a path", () => {
  it.each([
    ["", value],
    ["$", value],
    ["customer.name", "Ada"],
    ["$.customer.name", "Ada"],
    ['customer["first name"]', "A"],
    ["customer.电话[1]", "2"],
    ["items[-1].tags[0]", "z"],
    ["items[*].price", [3, 5]],
    ["items[*].tags[*]", ["x", "y", "z"]],
    ["[0].a", "the value is not a list."],
    ["customer.age", '"customer" has no field "age".'],
    ["items[7]", '"items" has 3 elements, none at [7].'],
    ["items.length", '"items" has no fields.'],
    ["customer.constructor", '"customer" has no field "constructor".'],
    ["__proto__.polluted", 'the value has no field "__proto__".'],
  ])("%j finds %j", (path, found) => {
    expect(read(path)).toEqual(found);
  });

  it.each(["a..b", "a[", "a[x]", "a b", "a.", "a['b']"])("%j is refused with the place", (path) => {
    expect(read(path)).toMatch(/does not read on from/);
  });

  it("is bounded in length, steps and matches", () => {
    expect(read("a".repeat(pathLimits.length + 1))).toMatch(/longer than/);
    expect(read(`a${".a".repeat(pathLimits.steps)}`)).toMatch(/more than 32 steps/);
    expect(read("[*]", Array(pathLimits.matches + 1).fill(0))).toMatch(/more than 10000 elements/);
  });

  it("written out reads back the same", () => {
    const step = fc.oneof(
      fc.string({ minLength: 1, maxLength: 8 }),
      fc.integer({ min: -9, max: 99 }),
      fc.constant(everyElement),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), (steps) => {
        const written = formatPath(steps);
        // Control characters have no place in a path that is typed.
        fc.pre(!/\\[^"\\]/.test(written) && written.trim() === written);
        expect(parsePath(written)).toEqual({ ok: true, value: steps });
      }),
      { examples: [[["$"]], [["$", 0]], [["$", "$"]], [["$\u0301"]]] },
    );
  });
});
