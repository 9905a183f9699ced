import { expect, it } from "vitest";
import { catalog } from "@/nodes/index";
import { byUse } from "@/runtime/node/model-use";
import { buildDocument } from "@/runtime/testing/build-document";
import type { KnownModels } from "./model-references";
import { validate } from "./validate";

const found = (type: string, config: object, known: Partial<KnownModels>) => {
  const models: KnownModels = { ...byUse(() => new Set<string>()), ...known };
  return validate(buildDocument({ step: { type, config: { ...config } } }), catalog, { models })
    .filter(({ code }) => code.includes("model"))
    .map(({ code, severity, at }) => [code, severity, at?.field]);
};

it.each([
  ["vision/generate", "picture-model-missing"],
  ["speech/speak", "speech-model-missing"],
])("says of %s that none ships and an endpoint has to be added", (type, code) => {
  expect(found(type, {}, {})).toEqual([[code, "error", "model"]]);
  expect(found(type, { model: "lab/gone" }, {})).toEqual([[code, "error", "model"]]);
});

it("says of another name that it is not registered where the workspace has one that can", () => {
  const picture = new Set(["lab/dall-e-3", "default"]);
  expect(found("vision/generate", { model: "lab/gone" }, { picture })).toEqual([["model-unknown", "error", "model"]]);
  expect(found("vision/generate", {}, { picture })).toEqual([]);
});
