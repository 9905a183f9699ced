import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSecretBox, readSecretKey } from "./secret-box";

const box = createSecretBox(randomBytes(32));

describe("the secret box", () => {
  it("opens what it sealed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string(), (secret, place) => {
        expect(box.open(box.seal(secret, place), place)).toBe(secret);
      }),
    );
  });

  it("never seals the same text the same way", () => {
    expect(box.seal("a key", "place")).not.toBe(box.seal("a key", "place"));
  });

  it("does not hold the secret readable", () => {
    expect(Buffer.from(box.seal("sk-canary", "place"), "base64").toString("latin1")).not.toContain("sk-canary");
  });

  it("does not open with another key", () => {
    expect(createSecretBox(randomBytes(32)).open(box.seal("a key", "place"), "place")).toBeNull();
  });

  it("does not open in another place", () => {
    expect(box.open(box.seal("a key", "endpoint:1"), "endpoint:2")).toBeNull();
  });

  it("does not open when any byte was changed", () => {
    const sealed = Buffer.from(box.seal("a key", "place"), "base64");
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = Buffer.from(sealed);
        damaged[at] = (damaged[at] ?? 0) ^ change;
        expect(box.open(damaged.toString("base64"), "place")).toBeNull();
      }),
    );
  });

  it.each(["", "AAAA", "not base64 at all", "A".repeat(30)])("does not open %j", (text) => {
    expect(box.open(text, "place")).toBeNull();
  });
});

describe("the secret key", () => {
  it("is 32 bytes of base64", () => {
    const key = randomBytes(32);
    expect(readSecretKey({ PIPEWRIGHT_SECRET_KEY: `${key.toString("base64")}\n` })).toEqual(key);
  });

  it("that is missing says how to get one", () => {
    expect(() => readSecretKey({})).toThrow(/npm start/);
  });

  it("of another length is refused without being repeated", () => {
    const text = randomBytes(16).toString("base64");
    expect(() => readSecretKey({ PIPEWRIGHT_SECRET_KEY: text })).toThrow(/32 bytes/);
    expect(() => readSecretKey({ PIPEWRIGHT_SECRET_KEY: text })).not.toThrow(text);
  });
});
