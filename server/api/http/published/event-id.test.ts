import { expect, test } from "vitest";
import { readEventId, writeEventId } from "./event-id";

test("an id without restarts is the sequence number", () => {
  expect(writeEventId(7, 0)).toBe("7");
  expect(readEventId("7", [])).toBe(7);
});

test("what was streamed beyond the stored log before a restart is asked for again", () => {
  expect(readEventId("20", [16])).toBe(15);
  expect(readEventId("10", [16])).toBe(10);
  expect(readEventId(writeEventId(20, 1), [16])).toBe(20);
  expect(readEventId(writeEventId(20, 1), [16, 18])).toBe(17);
});

test.each([[null], [""], ["x"], ["-1"], ["1e9"], ["7."], ["9999999999"], ["7.1.1"]])("%j starts from the top", (id) => {
  expect(readEventId(id, [])).toBe(-1);
});
