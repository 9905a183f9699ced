import { expect, test } from "vitest";
import { documentAddress, readRange } from "./addresses";

test("a passage's address is read back as the same range", () => {
  const address = documentAddress({ knowledgeBaseId: "b", documentId: "d", range: { start: 12, end: 40 } });
  expect(address).toBe("/knowledge/b/documents/d?start=12&end=40");
  expect(readRange(new URL(address, "http://x").searchParams)).toEqual({ start: 12, end: 40 });
});

test.each(["", "start=1", "start=9&end=3", "start=-1&end=3", "start=a&end=b", "start=1&end=99999999999"])(
  "an address with %j has no range",
  (query) => expect(readRange(new URLSearchParams(query))).toBeNull(),
);
