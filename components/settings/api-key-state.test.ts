import { expect, test } from "vitest";
import { apiKeyState } from "./api-key-state";

const now = new Date("2026-06-10T12:00:00Z");
const before = new Date("2026-06-10T11:59:59Z");
const after = new Date("2026-06-10T12:00:01Z");

test.each([
  [{ revokedAt: null, expiresAt: null }, "active"],
  [{ revokedAt: null, expiresAt: after }, "active"],
  [{ revokedAt: null, expiresAt: now }, "expired"],
  [{ revokedAt: before, expiresAt: before }, "revoked"],
] as const)("%j is %s", (key, state) => {
  expect(apiKeyState(key, now)).toBe(state);
});
