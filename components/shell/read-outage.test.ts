import { expect, it } from "vitest";
import { readOutage } from "./read-outage";

it.each([
  [Response.json({ status: "ok" }), null],
  [Response.json({ status: "disk-full" }), "disk-full"],
  [Response.json({ error: { code: "database-gone" } }, { status: 503 }), "database-gone"],
  [Response.json({ error: { code: "leaving" } }, { status: 503 }), "leaving"],
  [Response.json({ error: { code: "internal" } }, { status: 500 }), null],
  [new Response("<html>", { status: 502 }), null],
])("says what is the matter, and nothing where it does not know: %#", async (response, outage) => {
  expect(await readOutage(response)).toBe(outage);
});
