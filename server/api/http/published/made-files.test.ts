import { afterAll, beforeAll, expect, it } from "vitest";
import { buildDocument } from "@/runtime/testing/build-document";
import { redPng } from "@/runtime/testing/sample-files";
import { readFile } from "@/server/domain/file/read-file";
import { publishedFixture } from "./published-fixture";

let house: Awaited<ReturnType<typeof publishedFixture>>;
beforeAll(async () => {
  house = await publishedFixture([]);
  const model = (name: string, use: object) => ({ name, chat: false, inputUsdPerM: 5, outputUsdPerM: 40, ...use });
  await house.api.endpoint.create({
    name: "Studio",
    slug: "studio",
    replicas: [{ baseUrl: house.server.baseUrl }],
    models: [
      ...["fake-image", "dall-e-3", "url", "url-private", "policy"].map((name) => model(name, { picture: true })),
      ...["streamed-wav", "silent"].map((name) => model(name, { speech: true })),
    ],
  });
});
afterAll(() => house.close());

interface Made {
  readonly fileId: string;
  readonly name: string;
  readonly mediaType: string;
  readonly size: number;
}
const ask = async (slug: string, inputs: object) => {
  const answer = await house.post(slug, { inputs });
  return { status: answer.status, ...(await answer.json()) };
};
const bytesOf = ({ fileId }: Made) => readFile(house.database, house.owner.workspaceId, fileId);

const poster = (model: string, format: string) =>
  buildDocument(
    {
      in: { type: "io/input", config: { fields: [{ name: "product" }] } },
      draw: { type: "vision/generate", config: { model, prompt: "A photo of {{product}}", count: 2 } },
      again: { type: "vision/generate", config: { model, prompt: "Make it snow.", task: "change" } },
      say: { type: "speech/speak", config: { model: `studio/${format}`, format: "wav" } },
      out: { type: "io/output", config: { outputs: [{ name: "images" }, { name: "changed" }, { name: "audio" }] } },
    },
    [
      "in.product > draw.product",
      "draw.image > again.image",
      "draw.images > out.images",
      "again.image > out.changed",
      "in.product > say.text",
      "say.audio > out.audio",
    ],
  );

it("gives pictures and sound as files of the workspace, and takes what it made into the next step", async () => {
  const { slug } = await house.publishDocument("Poster", poster("studio/fake-image", "streamed-wav"));
  const answer = await ask(slug, { product: "a kettle" });
  expect(answer).toMatchObject({ status: "success" });
  const { images, changed, audio } = answer.outputs as { images: Made[]; changed: Made; audio: Made };
  expect(images.map(({ name, mediaType }) => [name, mediaType])).toEqual([
    ["picture-1.png", "image/png"],
    ["picture-2.png", "image/png"],
  ]);
  expect(Buffer.from(await bytesOf(changed)).equals(redPng())).toBe(true);
  const edits = house.server.requests.filter(({ path }) => path === "/v1/images/edits");
  expect(edits.map(({ body }) => (body as { image: { bytes: Buffer } }).image.bytes.equals(redPng()))).toEqual([true]);
  expect(audio).toMatchObject({ name: "speech.wav", mediaType: "audio/wav", size: 16_044 });
  expect(Buffer.from(await bytesOf(audio)).readUInt32LE(40)).toBe(16_000);
  // The pictures are counted in tokens and have their price; nobody says what the speech cost.
  expect(answer).toMatchObject({ usage: { inputTokens: 20, outputTokens: 300 }, costUsd: null });
});

it("says in the trace of the step what was not done as it was asked", async () => {
  const { slug } = await house.publishDocument("Many", poster("studio/url", "streamed-wav"));
  const { runId, outputs } = await ask(slug, { product: "a kettle" });
  expect(outputs.images).toHaveLength(1);
  const { events } = await house.api.run.get({ id: runId });
  const logs = events.flatMap((event) => (event.type === "log" ? [event.message] : []));
  expect(logs).toEqual([expect.stringContaining("made 1 of 2 pictures")]);
});

it.each([
  ["url-private", "streamed-wav", "model-address-blocked"],
  ["policy", "streamed-wav", "reply-filtered"],
  ["fake-image", "silent", "reply-empty"],
])("fails where %s and %s answer, with %s", async (picture, sound, code) => {
  const { slug } = await house.publishDocument("Fails", poster(`studio/${picture}`, sound));
  expect((await ask(slug, { product: "a kettle" })).error).toMatchObject({ code });
});
