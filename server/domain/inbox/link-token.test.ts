import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { idOfToken, isSigned, linkToken, newLinkId } from "./link-token";

const secret = randomBytes(32);
const facts = () => ({ id: newLinkId(), taskId: "task", userId: "ada", expiresAt: new Date(1_000) });

test("a token names its link and is signed for it alone", () => {
  const link = facts();
  const token = linkToken(link, secret);
  expect(token).toMatch(/^[\w-]{32}$/);
  expect(idOfToken(token)).toBe(link.id);
  expect(isSigned(token, link, secret)).toBe(true);
});

test("it holds for no other task, person, time, link or key", () => {
  const link = facts();
  const token = linkToken(link, secret);
  for (const other of [
    { ...link, taskId: "other" },
    { ...link, userId: "eve" },
    { ...link, expiresAt: new Date(2_000) },
    { ...link, id: newLinkId() },
  ])
    expect(isSigned(token, other, secret)).toBe(false);
  expect(isSigned(token, link, randomBytes(32))).toBe(false);
});

test.each(["", "null", "x".repeat(31), "x".repeat(33), "../../etc/passwd", `${"x".repeat(31)}%`, "é".repeat(32)])(
  "%s is no token",
  (token) => {
    expect(idOfToken(token)).toBeNull();
    expect(isSigned(token, facts(), secret)).toBe(false);
  },
);
