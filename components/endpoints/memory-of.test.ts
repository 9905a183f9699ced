import { expect, it } from "vitest";
import { memoryOf } from "./memory-of";

const model = (name: string, state: "loaded" | "unloaded", memoryBytes: number) => ({
  name,
  state,
  memoryBytes,
  title: { en: name, zh: name },
  licence: "MIT",
  command: null,
  fetching: null,
  failure: null,
});
const status = {
  models: [
    model("tiny", "loaded", 400),
    model("local-embed", "loaded", 0),
    model("local-embed-en", "loaded", 30),
    model("local-embed-zh", "loaded", 50),
    model("local-embed-large", "unloaded", 0),
  ],
};
const offered = ["tiny", "local-embed", "local-embed-large"];

it("gives a model the memory of its parts, and no other model's", () => {
  expect(memoryOf(status, "local-embed", offered)).toMatchObject({ state: "loaded", bytes: 80, licence: "MIT" });
  expect(memoryOf(status, "tiny", offered)).toMatchObject({ state: "loaded", bytes: 400 });
  expect(memoryOf(status, "local-embed-large", offered)).toMatchObject({ state: "unloaded", bytes: 0 });
  expect(memoryOf(status, "gone", offered)).toBeNull();
});
