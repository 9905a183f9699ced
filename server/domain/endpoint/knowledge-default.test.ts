import { describe, expect, it } from "vitest";
import { byUse } from "@/runtime/node/model-use";
import { defaultFields } from "@/server/domain/endpoint/default-fields";
import { knowledgeDefault } from "./knowledge-default";
import type { LoadedEndpoint } from "./load-endpoints";

const untouched = Object.fromEntries(Object.values(defaultFields).map((field) => [field, null])) as Parameters<
  typeof knowledgeDefault
>[0];
const embedded = (names: readonly string[], enabled = true) =>
  ({
    row: {
      slug: "local",
      embedded: true,
      enabled,
      models: names.map((name) => ({ name, ...byUse((use) => use === "embedding") })),
    },
  }) as unknown as LoadedEndpoint;

describe("knowledgeDefault", () => {
  it("is the model that finds across languages where it is here, and else what default stands for", () => {
    const all = ["local-embed", "multilingual-e5-small"];
    expect(knowledgeDefault(untouched, [embedded(all)])).toBe("local/multilingual-e5-small");
    expect(knowledgeDefault(untouched, [embedded(["local-embed"])])).toBe("local/local-embed");
    expect(knowledgeDefault(untouched, [embedded(all, false)])).toBe(null);
    expect(knowledgeDefault(untouched, [])).toBe(null);
  });

  it("is the workspace's choice where it made one", () => {
    const chosen = { ...untouched, defaultEmbeddingModel: "lab/bge-m3" };
    expect(knowledgeDefault(chosen, [embedded(["multilingual-e5-small"])])).toBe("lab/bge-m3");
  });
});
