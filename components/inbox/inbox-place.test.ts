import { expect, test } from "vitest";
import { inboxAddress, readInboxPlace } from "./inbox-place";

test("an address says what is shown, and comes back the same", () => {
  for (const address of [
    "/inbox",
    "/inbox?state=closed&mine=1&pipeline=p&run=r&q=refund+%26+return&task=t",
    "/inbox?task=t",
  ]) {
    expect(inboxAddress(readInboxPlace(new URL(address, "http://x").searchParams))).toBe(address);
  }
});

test("an address that makes no sense shows what is open", () => {
  const place = readInboxPlace(new URLSearchParams({ state: "gone", mine: "yes", pipeline: "" }));
  expect(place).toEqual({ state: "open", mine: false, task: null });
});
