import { expect, test } from "vitest";
import { readSidebarChoice, writeSidebarChoice } from "./sidebar-choice";

test("at first the sidebar is wide on pages and narrow in the editor", () => {
  expect(readSidebarChoice(undefined)).toEqual({ pages: false, editor: true });
});

test("a choice written is the choice read, and nonsense is the first choice", () => {
  for (const pages of [true, false]) {
    for (const editor of [true, false]) {
      expect(readSidebarChoice(writeSidebarChoice({ pages, editor }))).toEqual({ pages, editor });
    }
  }
  expect(readSidebarChoice("<script>")).toEqual({ pages: false, editor: true });
});
