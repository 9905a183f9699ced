import { expect, test } from "vitest";
import { isBelow, isEditor, pages } from "./pages";

test("exactly one page is current on every address of the app", () => {
  for (const address of [
    "/",
    "/pipelines",
    "/pipelines/abc",
    "/gallery",
    "/runs/x",
    "/inbox",
    "/knowledge/x/documents/y",
    "/models",
    "/evaluation/datasets/x",
    "/settings",
  ]) {
    expect(pages.filter((page) => isBelow(address, page.href))).toHaveLength(1);
  }
});

test("a page is not current on an address that only begins with the same letters", () => {
  expect(isBelow("/runs-of-another-kind", "/runs")).toBe(false);
});

test("the editor is a pipeline's own page, not the list of them", () => {
  expect(["/pipelines", "/pipelines/abc", "/pipelines/abc/propose", "/runs/abc", "/"].filter(isEditor)).toEqual([
    "/pipelines/abc",
  ]);
});
