import { expect, it } from "vitest";
import { isRecord } from "./record";

it.each([
  [{}, true],
  [{ a: 1 }, true],
  [Object.create(null), true],
  [[], false],
  [null, false],
  [undefined, false],
  ["{}", false],
  [1, false],
  [() => {}, false],
])("tells whether %o is an object of JSON", (value, is) => expect(isRecord(value)).toBe(is));
