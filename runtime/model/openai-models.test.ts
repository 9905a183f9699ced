import { describe, expect, it } from "vitest";
import { allModels, maxListedModels, readModels } from "./openai-models";

const context = { name: "Lab", apiKey: null };
const names = (answer: unknown) => readModels(answer, context).models.map(({ name }) => name);

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
    const {
      models: [vllm, router, own, eyes, odd],
    } = readModels(
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
    const {
      models: [model],
    } = readModels({ data: [{ id: "a", pricing: { prompt: "-1", completion: "abc" } }] }, context);
    expect(model?.price).toBeNull();
  });
});

describe("a list in pages", () => {
  /** Pages by what they are asked with, and what was asked. */
  const pages = async (answers: Readonly<Record<string, unknown>>) => {
    const asked: string[] = [];
    const listed = await allModels(async (next) => {
      asked.push(new URLSearchParams(next).toString());
      return readModels(answers[asked.at(-1) ?? ""], context);
    });
    return { names: listed.models.map(({ name }) => name), tooLong: listed.tooLong, asked };
  };

  it.each([
    ["after the last name", { has_more: true }, "after=b"],
    ["after the id that it names", { has_more: true, last_id: "x9" }, "after=x9"],
    ["at an address", { next: "https://elsewhere.example/v1/models?cursor=c%201&limit=2" }, "cursor=c+1&limit=2"],
    ["behind a token", { next_page_token: "t" }, "page_token=t"],
    ["behind a token of Google's", { nextPageToken: "t" }, "pageToken=t"],
  ])("goes on %s", async (_, more, next) => {
    const answers = {
      "": { data: [{ id: "a" }, { id: "b" }], ...more },
      [next]: { data: [{ id: "c" }], has_more: false },
    };
    expect(await pages(answers)).toEqual({ names: ["a", "b", "c"], tooLong: 0, asked: ["", next] });
  });

  it.each([
    ["where nothing says that there is more", { data: [{ id: "a" }] }],
    ["where it is empty", { data: [], has_more: true }],
    ["where the token is none", { data: [{ id: "a" }], next_page_token: "", next: null, has_more: false }],
  ])("ends %s", async (_, answer) => {
    expect((await pages({ "": answer })).asked).toEqual([""]);
  });

  it("ends where a server gives the same page again and again", async () => {
    const same = { data: [{ id: "a" }], has_more: true };
    expect((await pages({ "": same, "after=a": same })).asked).toEqual(["", "after=a"]);
  });

  it("ends at the most models, and at the most pages", async () => {
    let at = 0;
    const endless = (size: number) => async () =>
      readModels({ data: Array.from({ length: size }, () => ({ id: `m${at++}` })), has_more: true }, context);
    expect((await allModels(endless(700))).models).toHaveLength(maxListedModels);
    at = 0;
    expect((await allModels(endless(1))).models).toHaveLength(100);
  });

  it("counts the models whose names are too long", async () => {
    const answer = { data: [{ id: "a" }, { id: "x".repeat(201) }, { id: "y".repeat(200) }], has_more: false };
    expect(await pages({ "": answer })).toMatchObject({ names: ["a", "y".repeat(200)], tooLong: 1 });
  });
});
