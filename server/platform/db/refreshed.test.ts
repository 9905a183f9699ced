import { expect, it } from "vitest";
import { Refreshed } from "./refreshed";

const setUp = () => {
  const state = { now: 0, stored: { name: "first" } as { name: string } | null, asked: 0 };
  const refreshed = new Refreshed<{ name: string }>(2);
  const lookUp = async () => {
    state.asked += 1;
    return state.stored;
  };
  const get = (key = "a") => refreshed.get(key, lookUp, () => state.now);
  return { state, refreshed, get, lookUp };
};

it("looks up once what many ask for at once, and again only after a second", async () => {
  const { state, get } = setUp();
  const all = await Promise.all([get(), get(), get()]);
  expect(all).toEqual(Array(3).fill({ name: "first" }));
  state.now = 999;
  await get();
  expect(state.asked).toBe(1);
});

it("looks again behind a request, so that the next one has it, and never gives what is two seconds old", async () => {
  const { state, get } = setUp();
  await get();
  state.stored = { name: "second" };
  state.now = 1_000;
  expect(await get()).toEqual({ name: "first" });
  expect(await get()).toEqual({ name: "second" });
  state.stored = null;
  state.now = 3_000;
  expect(await get()).toBeNull();
});

it("forgets what has changed, also where it is being looked up, and keeps no absence", async () => {
  const { state, refreshed, get } = setUp();
  const before = get();
  refreshed.forget("a");
  state.stored = { name: "second" };
  expect(await get()).toEqual({ name: "second" });
  await before;
  expect(await get()).toEqual({ name: "second" });
  refreshed.forget("a");
  state.stored = null;
  expect(await get()).toBeNull();
  state.stored = { name: "third" };
  expect(await get()).toEqual({ name: "third" });
});

it("keeps no more than it may", async () => {
  const { state, get } = setUp();
  for (const key of ["a", "b", "c", "a"]) await get(key);
  expect(state.asked).toBe(4);
});

it("passes a failure on to whoever waits, and tries again", async () => {
  const { refreshed, lookUp } = setUp();
  const fails = () => Promise.reject(new Error("gone"));
  await expect(refreshed.get("a", fails)).rejects.toThrow("gone");
  expect(await refreshed.get("a", lookUp)).toEqual({ name: "first" });
});
