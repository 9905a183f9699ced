import { describe, expect, it } from "vitest";
import { authLimits } from "./auth-limits";
import { guesserOf, guessLock } from "./guess-lock";

const owner = "owner@example.com";
const minute = 60_000;

const clock = () => {
  let time = 1_000_000;
  return { now: () => time, pass: (ms: number) => (time += ms) };
};
/** Guesses as fast as it is let, for so long; how many got through. */
const guessFor = (ms: number, address = "203.0.113.7") => {
  const { now, pass } = clock();
  const lock = guessLock(now);
  const end = now() + ms;
  let through = 0;
  while (now() < end) {
    const { waitMs } = lock.take(address, owner);
    if (waitMs === 0) through += 1;
    else pass(waitMs);
  }
  return { lock, through };
};

describe("who guesses passwords", () => {
  it("waits longer with every wrong one", () => {
    expect(guessFor(10 * minute).through).toBeLessThan(12);
    expect(guessFor(24 * 60 * minute).through).toBeLessThan(60);
  });

  it("keeps nobody else out: the owner signs in from another address, and others from the guesser's", () => {
    const { lock } = guessFor(10 * minute);
    lock.take("203.0.113.7", owner);
    expect(lock.take("203.0.113.7", owner).waitMs).toBeGreaterThan(0);
    expect(lock.take("198.51.100.1", owner).waitMs).toBe(0);
    expect(lock.take("203.0.113.7", "colleague@example.com").waitMs).toBe(0);
  });

  it("gets no more guesses by asking many times at once, nor by another spelling of the account", () => {
    const lock = guessLock(clock().now);
    const asked = Array.from({ length: 100 }, (_, index) =>
      lock.take("203.0.113.7", index % 2 ? owner : ` ${owner.toUpperCase()}`),
    );
    expect(asked.filter(({ waitMs }) => waitMs === 0)).toHaveLength(authLimits.wrongPasswords);
  });

  it("gets no more by trying one password on many accounts", () => {
    const lock = guessLock(clock().now);
    const asked = Array.from({ length: 500 }, (_, index) => lock.take("203.0.113.7", `person-${index}@example.com`));
    expect(asked.filter(({ waitMs }) => waitMs === 0)).toHaveLength(authLimits.wrongPasswordsOfAll);
  });

  it("gets no more by the many addresses of one IPv6 network", () => {
    const lock = guessLock(clock().now);
    const asked = Array.from({ length: 100 }, (_, index) => lock.take(`2001:db8:1:2::${index.toString(16)}`, owner));
    expect(asked.filter(({ waitMs }) => waitMs === 0)).toHaveLength(authLimits.wrongPasswords);
    expect(lock.take("2001:db8:1:3::1", owner).waitMs).toBe(0);
    expect(guesserOf("::ffff:203.0.113.7")).toBe(guesserOf("203.0.113.7"));
  });

  it("does not fill the memory with invented accounts and addresses", () => {
    const lock = guessLock(clock().now, 100);
    for (let index = 0; index < 10_000; index += 1)
      lock.take(`10.${index >> 8}.${index & 255}.1`, `${index}@example.com`);
    expect(lock.size()).toBeLessThanOrEqual(100);
  });
});

describe("who knows the password", () => {
  it("is not held up by earlier slips, and signing in often is no guessing", () => {
    const lock = guessLock(clock().now);
    for (let index = 0; index < 500; index += 1) {
      expect(lock.take("203.0.113.7", owner).waitMs).toBe(0);
      lock.right("203.0.113.7", owner);
    }
  });

  it("is let in again when the wait is over, and a day later all is forgotten", () => {
    const { now, pass } = clock();
    const lock = guessLock(now);
    for (let index = 0; index < authLimits.wrongPasswords; index += 1) lock.take("203.0.113.7", owner);
    pass(lock.take("203.0.113.7", owner).waitMs);
    expect(lock.take("203.0.113.7", owner).waitMs).toBe(0);
    pass(authLimits.guessesKeptMs);
    for (let index = 0; index < authLimits.wrongPasswords - 1; index += 1) lock.take("203.0.113.7", owner);
    expect(lock.take("203.0.113.7", owner).waitMs).toBe(0);
  });
});
