import { describe, expect, it } from "vitest";
import { repeatsItself } from "./repetition";

describe("repeatsItself", () => {
  it("tells a loop from speech", () => {
    expect(repeatsItself("4-4-4-4-4-4-4-4-4-4-".repeat(6))).toBe(true);
    expect(repeatsItself("Please call the customer back before Friday, and send the invoice number by mail.")).toBe(
      false,
    );
    expect(repeatsItself("今天天气很好，我们去公园散步，然后回家吃饭，晚上还要开会讨论下个季度的计划。")).toBe(false);
    expect(repeatsItself("no no no")).toBe(false);
  });
});
