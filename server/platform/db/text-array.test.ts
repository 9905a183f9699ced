import { afterAll, expect, it } from "vitest";
import { openTestDatabase } from "@/server/testing/test-database";
import { textArray } from "./text-array";

const database = await openTestDatabase();
afterAll(() => database.close());

it.each([
  [[]],
  [[""]],
  [[null]],
  [["a", null, "", null]],
  [["a", 'quoted "b" \\ {c,d}', "null", "Grüße 你好 😀", "x".repeat(100_000)]],
])("arrives as it was sent: %j", async (texts: (string | null)[]) => {
  const [row] = await database.query<{ texts: (string | null)[] }>("SELECT $1::text[] AS texts", [textArray(texts)]);
  expect(row?.texts).toEqual(texts);
});
