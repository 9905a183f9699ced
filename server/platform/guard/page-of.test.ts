import { describe, expect, it } from "vitest";
import { behind, pageInput, pageOf, readCursor, type TimeCursor, writeCursor } from "./page-of";

const at = new Date(1_700_000_000_000);

describe("cursors", () => {
  it("come back as they went", () =>
    expect(readCursor(writeCursor({ at, id: "c1_x-y" }))).toEqual({ at, id: "c1_x-y" }));
  it.each([null, undefined, "", "x", "1~", "~a", "1~a'; DROP TABLE", "9".repeat(40)])(
    "reads %j as the top",
    (cursor) => {
      expect(readCursor(cursor)).toBeNull();
    },
  );
});

describe("pageOf", () => {
  const items = ["a", "b", "c"].map((id) => ({ at, id }));
  it("goes on where more was found", () => {
    expect(pageOf(items, 2, (item) => item)).toEqual({ items: items.slice(0, 2), nextCursor: `${at.getTime()}~b` });
  });
  it("ends where no more was found", () => expect(pageOf(items, 3, (item) => item).nextCursor).toBeNull());
});

describe("pageInput", () => {
  it.each([
    { limit: 0 },
    { limit: 101 },
    { query: "x".repeat(101) },
    { cursor: "x".repeat(121) },
    { workspaceId: "w" },
  ])("refuses %j", (input) => expect(pageInput.safeParse(input).success).toBe(false));
});

describe("behind", () => {
  interface Condition {
    readonly at?: { readonly lte?: Date; readonly lt?: Date };
    readonly id?: { readonly lt: string };
    readonly OR?: readonly Condition[];
  }
  const meets = (row: TimeCursor, { at, id, OR }: Condition): boolean =>
    (at?.lte === undefined || row.at <= at.lte) &&
    (at?.lt === undefined || row.at < at.lt) &&
    (id === undefined || row.id < id.lt) &&
    (OR === undefined || OR.some((one) => meets(row, one)));

  it("leaves exactly what follows the place, and everything without one", () => {
    const rows = [3, 3, 2, 2, 1].map((at, index) => ({ at: new Date(at), id: `row-${9 - index}` }));
    for (const [index, place] of rows.entries())
      expect(rows.filter((row) => meets(row, behind("at", place)))).toEqual(rows.slice(index + 1));
    expect(behind("at", null)).toEqual({});
  });
});
