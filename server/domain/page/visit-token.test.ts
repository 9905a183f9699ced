import { randomBytes } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { pageLimits } from "./page.types";
import { fileProof, framedBy, frameToken, isFileProof, newVisit, readVisit } from "./visit-token";

beforeAll(() => {
  process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
});
const now = Date.parse("2026-12-01T00:00:00Z");

it("knows its own visits, for as long as they last, and no others", () => {
  const token = newVisit("d1", 3, "192.0.2.1", null, now);
  expect(readVisit(token, now)).toMatchObject({ deploymentId: "d1", generation: 3 });
  expect(readVisit(token, now + pageLimits.visitMs + 1)).toBeNull();
  const [text = "", signature = ""] = token.split(".");
  const other = Buffer.from(
    JSON.stringify({ ...JSON.parse(Buffer.from(text, "base64url").toString()), d: "d2" }),
  ).toString("base64url");
  for (const forged of [
    `${other}.${signature}`,
    `${text}.`,
    text,
    "",
    ".",
    "a.b.c",
    `${token}x`,
    `${text}.${signature.toLowerCase()}`,
    "x".repeat(100_000),
    frameToken("slug", ["https://a.example"], now),
  ])
    expect(readVisit(forged, now)).toBeNull();
  expect(readVisit(null, now)).toBeNull();
});

it("a visitor who comes again keeps their id on that page alone, and cannot choose one", () => {
  const first = newVisit("d1", 1, null, null, now);
  const again = newVisit("d1", 2, null, first, now);
  expect(readVisit(again, now)?.visitor).toBe(readVisit(first, now)?.visitor);
  expect(readVisit(newVisit("d2", 1, null, first, now), now)?.visitor).not.toBe(readVisit(first, now)?.visitor);
  expect(readVisit(newVisit("d1", 1, null, "invented.by-me", now), now)?.visitor).not.toBe(
    readVisit(first, now)?.visitor,
  );
});

it("counts visitors of one address together, and never says the address", () => {
  const tokens = [1, 2].map(() => newVisit("d1", 1, "192.0.2.7", null, now));
  const [one, other] = tokens.map((token) => readVisit(token, now));
  expect(one?.counted).toBe(other?.counted);
  expect(one?.visitor).not.toBe(other?.visitor);
  expect(Buffer.from(tokens[0]?.split(".")[0] ?? "", "base64url").toString()).not.toContain("192.0.2.7");
});

it("a file is proven for the visitor who brought it", () => {
  const proof = fileProof("v1", "f1");
  expect(isFileProof("v1", "f1", proof)).toBe(true);
  expect(isFileProof("v2", "f1", proof)).toBe(false);
  expect(isFileProof("v1", "f2", proof)).toBe(false);
  expect(isFileProof("v1", "f1", "")).toBe(false);
});

it("a page is framed by the origins of its script, for a few minutes", () => {
  const token = frameToken("shop", ["https://a.example"], now);
  expect(framedBy(token, "shop", now)).toEqual(["https://a.example"]);
  expect(framedBy(token, "other", now)).toEqual([]);
  expect(framedBy(token, "shop", now + pageLimits.frameMs + 1)).toEqual([]);
  expect(framedBy(null, "shop", now)).toEqual([]);
  expect(framedBy(newVisit("shop", 1, null, null, now), "shop", now)).toEqual([]);
});
