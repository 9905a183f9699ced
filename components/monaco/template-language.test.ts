import { describe, expect, it } from "vitest";
import { openVariable } from "./template-language";

describe("openVariable", () => {
  it("gives what is typed after an opening pair of braces", () => {
    expect(openVariable("Dear {{na")).toBe("na");
    expect(openVariable("Dear {{ ")).toBe("");
    expect(openVariable("{{客户")).toBe("客户");
  });
  it("gives null in plain text and after a closed variable", () => {
    expect(openVariable("Dear ")).toBeNull();
    expect(openVariable("Dear {{name}} and {")).toBeNull();
  });
});
