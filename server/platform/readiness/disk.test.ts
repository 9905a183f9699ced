import { writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Disk, freeBytes, isDiskFull, reservedBytes } from "./disk";

beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => {}));
afterEach(() => void vi.restoreAllMocks());

const diskWith = (reserved: number) => {
  const at = { free: 1_000, now: 0 };
  const disk = new Disk({ read: async () => at.free, reserved, now: () => at.now });
  return { disk, at };
};

describe("a disk", () => {
  it("is full when less than what is reserved is free, and has room again only when there is half as much more", async () => {
    const { disk, at } = diskWith(100);
    const seen: boolean[] = [];
    for (const free of [1_000, 100, 99, 120, 149, 150, 120, 99]) {
      at.free = free;
      await disk.look();
      seen.push(disk.isFull);
    }
    expect(seen).toEqual([false, false, true, true, true, false, false, true]);
  });

  it("has room for what leaves the reserve alone", async () => {
    const { disk } = diskWith(100);
    await disk.look();
    expect([900, 901].map((bytes) => disk.hasRoomFor(bytes))).toEqual([true, false]);
  });

  it("is full for a while after something was refused for it, as by a database whose disk is another", async () => {
    const { disk, at } = diskWith(100);
    disk.refused();
    expect(disk.isFull).toBe(true);
    at.now += 10_000;
    expect(disk.isFull).toBe(false);
  });

  it("wakes all who wait once there is room, and those who leave before", async () => {
    const { disk, at } = diskWith(100);
    at.free = 0;
    await disk.look();
    const left = new AbortController();
    const woken: string[] = [];
    const waiting = [disk.room().then(() => woken.push("room")), disk.room(left.signal).then(() => woken.push("left"))];
    left.abort();
    await waiting[1];
    expect(woken).toEqual(["left"]);
    at.free = 1_000;
    await disk.look();
    await waiting[0];
    expect(woken).toEqual(["left", "room"]);
    await disk.room();
  });

  it("counts as having room where its file system cannot say", async () => {
    const disk = new Disk({ read: () => Promise.reject(new Error("no")), reserved: 100 });
    await disk.look();
    expect(disk.isFull).toBe(false);
  });
});

it("what is free is read of the nearest folder that is there", async () => {
  expect(await freeBytes(path.join(os.tmpdir(), "not", "there", "yet"))).toBeGreaterThan(0);
});

it("the reserve is a whole number of megabytes", () => {
  expect(reservedBytes({})).toBe(64 * 1024 * 1024);
  expect(reservedBytes({ PIPEWRIGHT_RESERVE_MEGABYTES: "2" })).toBe(2 * 1024 * 1024);
  expect(() => reservedBytes({ PIPEWRIGHT_RESERVE_MEGABYTES: "lots" })).toThrow(/whole number/);
});

it.runIf(process.platform === "linux")("a real refusal of the operating system is known for what it is", async () => {
  const error: unknown = await writeFile("/dev/full", "x").catch((thrown: unknown) => thrown);
  expect(isDiskFull(error)).toBe(true);
  expect(isDiskFull(new Error("wrapped", { cause: error }))).toBe(true);
  expect(isDiskFull(new Error("something else"))).toBe(false);
  expect(isDiskFull(await writeFile("/nowhere/x", "x").catch((thrown: unknown) => thrown))).toBe(false);
});
