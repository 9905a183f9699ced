import { expect, test } from "vitest";
import { readSettings, type SearchSettings, writeSettings } from "./search-settings";

test("what is written into an address is read back", () => {
  const settings: SearchSettings = {
    query: "第20号 = ?",
    way: "text",
    topK: 20,
    minimumScore: 0.35,
    rerank: true,
    compare: true,
    filter: { folder: "a/b", "x=y": "" },
  };
  const parameters = new URLSearchParams("tab=search");
  writeSettings({ ...settings, filter: { folder: "a/b" } }, parameters);
  expect(readSettings(new URLSearchParams(parameters.toString()))).toEqual({
    ...settings,
    filter: { folder: "a/b" },
  });
  expect(parameters.get("tab")).toBe("search");
});

test("what makes no sense is left at what is usual, and what is usual is not written", () => {
  const read = readSettings(new URLSearchParams("way=magic&k=-3&least=7&label=nothing"));
  expect(read).toMatchObject({ way: "fused", topK: 5, minimumScore: 0, filter: {} });
  const parameters = new URLSearchParams();
  writeSettings(read, parameters);
  expect(parameters.toString()).toBe("");
});
