import path from "node:path";
import { describe, expect, it } from "vitest";
import { cacheRoot } from "./cache.mjs";

describe("cacheRoot", () => {
  it("is the folder that the user names, before everything else", () => {
    expect(cacheRoot({ PIPEWRIGHT_CACHE: "/data/weights", XDG_CACHE_HOME: "/xdg" }, "linux", "/home/ada")).toBe(
      "/data/weights",
    );
  });
  it("is where each system keeps such things", () => {
    expect(cacheRoot({}, "linux", "/home/ada")).toBe(path.join("/home/ada", ".cache", "pipewright"));
    expect(cacheRoot({ XDG_CACHE_HOME: "/xdg" }, "linux", "/home/ada")).toBe(path.join("/xdg", "pipewright"));
    expect(cacheRoot({}, "darwin", "/Users/ada")).toBe(path.join("/Users/ada", "Library", "Caches", "pipewright"));
    expect(cacheRoot({ LOCALAPPDATA: "/local" }, "win32", "/ada")).toBe(path.join("/local", "pipewright"));
  });
});
