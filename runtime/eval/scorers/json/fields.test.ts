import { describe, expect, it } from "vitest";
import { jsonFields } from "./fields";

const score = async (output: unknown, expected: unknown, config: object = {}) =>
  jsonFields.score({ config: jsonFields.config.parse(config), output, expected } as never, {} as never);
const all = async (...given: Parameters<typeof score>) => (await score(...given)).values.all;

describe("fields of JSON", () => {
  it("are compared beyond the thousandth", async () => {
    const list = Array.from({ length: 5_000 }, (_, place) => place);
    expect(await all({ list }, { list })).toBe(1);
    for (const place of [0, 2_500, 4_999])
      expect(await score({ list: list.with(place, -1) }, { list })).toMatchObject({
        values: { all: 0, share: 1 - 1 / 5_000 },
        reason: `Differs: list[${place}]`,
      });
  });

  it("are not compared where there are too many, and the cell says so", async () => {
    const list = Array.from({ length: 100_001 }, () => 1);
    expect(await score({ list }, { list })).toMatchObject({ values: { all: null, share: null } });
    expect((await score({ list }, { list: [1] })).values).toEqual({ all: 0, share: 0 });
  });

  it.each([
    ["5", 5],
    ["5.0", 5],
    ["１,２３４", 1234],
    ["true", true],
    ["Ja", "ja"],
  ])("%j is %j, but not where types must be the same", async (given, wanted) => {
    expect(await all({ a: given }, { a: wanted })).toBe(1);
    if (typeof given !== typeof wanted) expect(await all({ a: given }, { a: wanted }, { types: true })).toBe(0);
  });

  it.each([
    [{ "a.b": 1 }, { a: { b: 1 } }],
    [{ a: [] }, { a: [1] }],
    [{ a: null }, { a: "null" }],
    [{ a: "5" }, { a: 50 }],
    [{ a: [{}, 1] }, { a: [1] }],
    [[1, [2]], [[1, 2]]],
  ])("%j is not %j", async (given, wanted) => expect(await all(given, wanted)).toBe(0));

  it("count against the answer where nothing more may be there", async () => {
    expect(await all({ a: 1, b: 2 }, { a: 1 })).toBe(1);
    expect(await score({ a: 1, b: 2 }, { a: 1 }, { nothingMore: true })).toMatchObject({
      values: { all: 0, share: 0.5 },
      reason: "Differs: b",
    });
    expect(await all({ a: 1, b: 2 }, { a: 1 }, { nothingMore: true, ignore: ["b"] })).toBe(1);
  });

  it("leave room for decimals that binary cannot hold", async () => {
    expect(await all({ a: 0.1 }, { a: 0.3 }, { tolerance: 0.2 })).toBe(1);
  });
});
