import { describe, expect, it } from "vitest";
import { readBytes, readObject } from "./read-script";

const script = (value: string) => `!function(e){}({1:[function(e,a,n){a.exports=${value}},{}]},{},[1])(1)});`;

describe("a script that holds data", () => {
  it("is read as the object that its minifier wrote", () => {
    const value = '{a:!0,b:[!1,null,-.5,.25,12,1e-3],name:"x:!0,.5",nested:{min_value:0}}';
    expect(readObject(script(value))).toEqual({
      a: true,
      b: [false, null, -0.5, 0.25, 12, 0.001],
      name: "x:!0,.5",
      nested: { min_value: 0 },
    });
  });

  it("is read as bytes", () => {
    expect(Array.from(readBytes(script('"AQIDBA=="')))).toEqual([1, 2, 3, 4]);
  });

  it("is refused when it holds code", () => {
    expect(() => readObject(script("{a:process.exit(1)}"))).toThrow();
    expect(() => readObject("alert(1)")).toThrow("does not hold");
  });
});
