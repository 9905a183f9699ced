import { expect, it } from "vitest";
import { supply, withSupplies } from "./supplies";

it("puts what was provided where it goes, and leaves all else as it was", () => {
  const provided = new Map<string, unknown>([
    [supply("knowledge", "manual"), "kb1"],
    [supply("files", "photo"), { fileId: "file_1" }],
  ]);
  const document = {
    nodes: [
      { config: { base: "supply:knowledge/manual", prompt: "say supply:knowledge/manual", topK: 3, other: null } },
    ],
    inputs: { photo: "supply:files/photo", missing: "supply:files/none" },
  };
  expect(withSupplies(document, provided)).toEqual({
    nodes: [{ config: { base: "kb1", prompt: "say supply:knowledge/manual", topK: 3, other: null } }],
    inputs: { photo: { fileId: "file_1" }, missing: "supply:files/none" },
  });
});
