import { expect, it } from "vitest";
import { authSecret } from "./auth-secret";

const key = Buffer.alloc(32, 7);
const environment = { PIPEWRIGHT_SECRET_KEY: key.toString("base64") };

it("is the same at every start, and tells nothing of the key it comes from", () => {
  const secret = authSecret(environment);
  expect(authSecret(environment)).toBe(secret);
  expect(secret).toHaveLength(43);
  expect(secret).not.toContain(key.toString("base64url").slice(0, 8));
  expect(authSecret({ PIPEWRIGHT_SECRET_KEY: Buffer.alloc(32, 8).toString("base64") })).not.toBe(secret);
});

it("says what is missing", () => {
  expect(() => authSecret({})).toThrow(/PIPEWRIGHT_SECRET_KEY is not set/);
});
