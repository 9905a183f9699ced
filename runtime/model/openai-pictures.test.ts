import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { DrawRequest } from "@/runtime/node/context";
import { NodeFailure } from "@/runtime/node/node-failure";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { redPng } from "@/runtime/testing/sample-files";
import { systemClock } from "./clock";
import type { HttpFetch } from "./http-fetch";
import { createOpenAiEndpoint, type OpenAiEndpoint } from "./openai-endpoint";
import { createUndiciFetch } from "./undici-fetch";

const fetch = createUndiciFetch();
const bytes = redPng();
const picture = { fileId: "file_red_square_0000", name: "red.png", mediaType: "image/png", size: bytes.length };

let server: FakeOpenAiServer;
let endpoint: OpenAiEndpoint;
/** Addresses of other servers that were asked. */
let asked: string[];
beforeAll(async () => {
  server = await startFakeOpenAiServer();
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
  endpoint = make();
});

const make = (fetchPublic?: HttpFetch, apiKey: string | null = "key-of-this-test") =>
  createOpenAiEndpoint(
    { id: "fake", name: "Fake", baseUrl: server.baseUrl, apiKey, timeoutMs: 5_000 },
    { fetch, clock: systemClock, ...(fetchPublic === undefined ? {} : { fetchPublic }) },
  );
const options = () => ({ signal: AbortSignal.timeout(20_000), readFile: async () => bytes });
const draw = (model: string, request: Partial<DrawRequest> = {}, one = endpoint) =>
  one.draw({ model, prompt: "a red square", count: 1, ...request }, options());
const failureOf = async (promise: Promise<unknown>): Promise<NodeFailure> => {
  const error = await promise.then(
    () => "no failure",
    (failure: unknown) => failure,
  );
  if (!(error instanceof NodeFailure)) throw new Error(`expected a NodeFailure, got ${String(error)}`);
  return error;
};
const bodies = (from: number) => server.requests.slice(from).map(({ body }) => body as Record<string, unknown>);

describe("pictures over the OpenAI protocol", () => {
  it("asks for bytes and tells what they are by looking at them", async () => {
    const from = server.requests.length;
    const reply = await draw("fake-image", { count: 2, size: "1024x1024", quality: "hd", seed: 7 });
    expect(bodies(from)).toEqual([
      {
        model: "fake-image",
        prompt: "a red square",
        n: 2,
        size: "1024x1024",
        quality: "hd",
        seed: 7,
        response_format: "b64_json",
      },
    ]);
    expect(reply).toMatchObject({ notes: [], revisedPrompt: null, usage: { inputTokens: 10, outputTokens: 200 } });
    expect(reply.pictures.map(({ mediaType, extension }) => [mediaType, extension])).toEqual([
      ["image/png", "png"],
      ["image/png", "png"],
    ]);
    expect(Buffer.from(reply.pictures[0]?.bytes ?? []).equals(bytes)).toBe(true);
  });

  it("learns that a model refuses response_format, and does not send it again", async () => {
    const from = server.requests.length;
    await draw("gpt-image-1");
    const reply = await draw("gpt-image-1");
    expect(bodies(from).map((body) => "response_format" in body)).toEqual([true, false, false]);
    expect(reply.usage).toEqual({ inputTokens: 12, outputTokens: 4160 });
  });

  it("asks a model that makes one at a time as often as pictures are wanted", async () => {
    const from = server.requests.length;
    const reply = await draw("dall-e-3", { count: 3 });
    expect(bodies(from).map(({ n }) => n)).toEqual([3, 1, 1, 1]);
    expect(reply.pictures).toHaveLength(3);
    expect(reply).toMatchObject({ revisedPrompt: "Vividly, a red square", usage: null, notes: [] });
  });

  it("goes on without a seed where none is taken, and says so", async () => {
    const reply = await draw("no-picture-seed", { seed: 1 });
    expect(reply.notes).toEqual(["The model takes no seed: it will not make the same picture again."]);
  });

  it("keeps as many as were asked for, and says that there were more, or fewer", async () => {
    const more = await draw("many", { count: 2 });
    expect(more.pictures).toHaveLength(2);
    expect(more.notes).toEqual([expect.stringContaining("made 5 pictures where 2")]);
    const fewer = await draw("zero-usage", { count: 4 });
    expect(fewer.pictures).toHaveLength(1);
    expect(fewer.notes).toEqual([expect.stringContaining("made 1 of 4")]);
    expect(fewer.usage).toBeNull();
  });

  it.each(["url", "url-relative", "url-in-b64", "data-url", "data-in-b64", "siliconflow"])(
    "reads the picture of an answer of the form %s",
    async (model) => {
      const { pictures } = await draw(model);
      expect(Buffer.from(pictures[0]?.bytes ?? []).equals(bytes)).toBe(true);
    },
  );

  it.each([
    ["url-html", "model-protocol", "web page"],
    ["url-redirect", "model-protocol", "redirect"],
    ["url-file", "model-protocol", "not of the web"],
    ["url-private", "model-protocol", "another server"],
    ["no-picture", "model-protocol", "what is none"],
    ["empty-item", "model-protocol", "neither bytes nor address"],
    ["none", "reply-empty", "made no picture"],
    ["short", "model-protocol", "no list of pictures"],
    ["error-in-200", "model-unavailable", "CUDA out of memory"],
    ["policy", "reply-filtered", "safety system"],
    ["moderated", "reply-filtered", "rules for content"],
  ])("takes an answer of the form %s for %s", async (model, code, says) => {
    expect(await failureOf(draw(model))).toMatchObject({ code, message: expect.stringContaining(says) });
  });

  it("reads no more of a file than a picture may hold", async () => {
    const failure = await failureOf(draw("url-endless"));
    expect(failure).toMatchObject({ code: "model-protocol", message: expect.stringContaining("more than") });
  });

  it("says which sizes are taken", async () => {
    const listed = await failureOf(draw("sizes", { size: "1x1" }));
    expect(listed.options.hint).toContain("'1024x1024', '1024x1536'");
    const known = await failureOf(draw("dall-e-3", { size: "256x256" }));
    expect(known.options.hint).toContain("1792x1024");
    expect((await failureOf(draw("long-prompt"))).options.hint).toContain("Shorten the prompt");
  });

  it("sends neither key nor headers to another server, and follows no redirect there", async () => {
    const sent: unknown[] = [];
    const answering =
      (status: number): HttpFetch =>
      async (url, { headers }) => {
        asked.push(url);
        sent.push(headers);
        return {
          status,
          header: () => null,
          async *body() {
            yield bytes;
          },
        } as never;
      };
    const answer =
      (status: number): HttpFetch =>
      async (url, request) => {
        const { body, ...rest } = (await answering(status)(url, request)) as unknown as {
          body: () => AsyncIterable<Uint8Array>;
        };
        return { ...rest, body: body() } as never;
      };
    const reply = await draw("url-private", {}, make(answer(200)));
    expect(reply.pictures).toHaveLength(1);
    expect(asked).toEqual(["http://169.254.169.254/latest/meta-data/iam.png"]);
    expect(JSON.stringify(sent)).not.toContain("key-of-this-test");
    expect(await failureOf(draw("url-private", {}, make(answer(302))))).toMatchObject({
      code: "model-protocol",
      message: expect.stringContaining("redirects (302)"),
    });
  });

  it("says that an address is not public where the way out refuses it", async () => {
    const refuse: HttpFetch = () =>
      Promise.reject(new TypeError("fetch failed", { cause: new NodeFailure("model-address-blocked", "blocked") }));
    expect(await failureOf(draw("url-private", {}, make(refuse)))).toMatchObject({
      code: "model-address-blocked",
      message: expect.stringContaining("not public"),
      options: { hint: expect.stringContaining("b64_json") },
    });
  });

  it("changes a picture within a mask, with the type and ending of each file", async () => {
    const from = server.requests.length;
    await draw("fake-image", { image: picture, mask: { ...picture, name: "mask.png" } });
    const [request] = server.requests.slice(from);
    expect(request?.path).toBe("/v1/images/edits");
    expect(request?.body).toMatchObject({
      prompt: "a red square",
      n: "1",
      image: { name: "image.png", type: "image/png" },
      mask: { name: "mask.png", type: "image/png" },
    });
  });

  it("refuses a mask without a picture, and files that no model takes, before anything is sent", async () => {
    const from = server.requests.length;
    expect(await failureOf(draw("fake-image", { mask: picture }))).toMatchObject({ code: "file-invalid" });
    const gif = { ...picture, name: "a.gif", mediaType: "image/gif" };
    expect(await failureOf(draw("fake-image", { image: gif }))).toMatchObject({ code: "file-invalid" });
    const jpeg = { ...picture, name: "m.jpg", mediaType: "image/jpeg" };
    const masked = await failureOf(draw("fake-image", { image: picture, mask: jpeg }));
    expect(masked.message).toContain("cannot be a mask");
    expect(server.requests.length).toBe(from);
  });
});
