import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { safeNext } from "./safe-next";

describe("safeNext", () => {
  test.each(["/", "/pipelines/abc", "/runs?status=failure", "/gallery?q=%E6%8A%95%E8%AF%89"])("keeps %s", (path) => {
    expect(safeNext(path)).toBe(path);
  });

  test.each([
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "pipelines",
    "",
    "/sign-in?next=/sign-in",
    `/${"a".repeat(2000)}`,
    undefined,
    ["/runs"],
  ])("turns %j into home", (wanted) => {
    expect(safeNext(wanted)).toBe("/");
  });

  test("never leaves the app, whatever the text", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((rest) => `/${rest}`),
        ),
        (wanted) => {
          expect(new URL(safeNext(wanted), "http://127.0.0.1:3000").origin).toBe("http://127.0.0.1:3000");
        },
      ),
    );
  });
});
