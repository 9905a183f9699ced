import { describe, expect, it } from "vitest";
import { maxListedModels, readModels } from "./openai-models";

const context = { name: "Lab", apiKey: null };
const names = (answer: unknown) => readModels(answer, context).map(({ name }) => name);

describe("the list of models", () => {
  it.each([
    ["OpenAI's", { object: "list", data: [{ id: "a" }, { id: "b" }] }],
    ["with names", { models: [{ name: "a" }, { model: "b" }] }],
    ["bare", [{ id: "a" }, "b"]],
    [
      "with doubles and nonsense",
      { data: [{ id: "a" }, { id: "a" }, {}, null, { id: "" }, { id: "x".repeat(300) }, { id: "b" }] },
    ],
  ])("is read in the form: %s", (_, answer) => {
    expect(names(answer)).toEqual(["a", "b"]);
  });

  it("may be empty", () => {
    expect(names({ object: "list", data: [] })).toEqual([]);
    expect(names({ object: "list", data: null })).toEqual([]);
  });

  it.each([[{ hello: 1 }], ["text"], [null], [undefined], [{ data: "a" }]])("%j is none", (answer) => {
    expect(() => names(answer)).toThrow(/no list of models/);
  });

  it("is bounded", () => {
    expect(names({ data: Array.from({ length: 6000 }, (_, index) => `m${index}`) })).toHaveLength(maxListedModels);
  });

  it("keeps what the server says of a model", () => {
    const [vllm, router, own, eyes, odd] = readModels(
      {
        data: [
          { id: "Qwen/Qwen3-8B", owned_by: "vllm", max_model_len: 40960 },
          { id: "x/y", context_length: 8192, pricing: { prompt: "0.00000015", completion: "0.0000006" } },
          { id: "tiny-local", owned_by: "pipewright", pipewright: { task: "chat", contextTokens: 2048 } },
          { id: "local-vision", capabilities: ["vision", "chat", "telepathy"], grade: "composite" },
          { id: "mistral", capabilities: { completion_chat: true }, grade: 3 },
        ],
      },
      context,
    );
    expect(vllm).toEqual({
      name: "Qwen/Qwen3-8B",
      contextTokens: 40960,
      owner: "vllm",
      uses: null,
      grade: null,
      price: null,
    });
    expect(router?.price).toMatchObject({ inputUsdPerM: 0.15, outputUsdPerM: 0.6 });
    expect(own).toMatchObject({ uses: ["chat"], contextTokens: 2048 });
    expect(eyes).toMatchObject({ uses: ["chat", "vision"], grade: "composite" });
    expect(odd).toMatchObject({ uses: null, grade: null });
  });

  it("takes no price that is none", () => {
    const [model] = readModels({ data: [{ id: "a", pricing: { prompt: "-1", completion: "abc" } }] }, context);
    expect(model?.price).toBeNull();
  });
});
