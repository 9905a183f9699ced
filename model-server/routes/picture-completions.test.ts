import { readFile } from "node:fs/promises";
import path from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import type OpenAI from "openai";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  failureOf,
  PATIENCE,
  type StartedEndpoint,
  startWithClient,
  textOf,
} from "@/runtime/testing/local-endpoint-client";

let endpoint: StartedEndpoint;
beforeAll(async () => {
  endpoint = await startWithClient([]);
}, PATIENCE);
afterAll(() => endpoint?.server.stop());

/** A printed label, as a photo would show it. */
const label = (lines: readonly string[]) =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="760" height="${80 + lines.length * 70}"><rect width="100%" height="100%" fill="#f4f1ea"/>${lines
        .map(
          (line, index) => `<text x="50" y="${90 + index * 70}" font-size="38" font-family="sans-serif">${line}</text>`,
        )
        .join("")}</svg>`,
    ),
  )
    .png()
    .toBuffer();
const part = (bytes: Uint8Array, type = "image/png") => ({
  type: "image_url" as const,
  image_url: { url: `data:${type};base64,${Buffer.from(bytes).toString("base64")}` },
});
const ask = (
  text: string,
  images: readonly OpenAI.ChatCompletionContentPartImage[],
  params: Partial<OpenAI.ChatCompletionCreateParamsNonStreaming> = {},
) =>
  endpoint.client.chat.completions.create({
    model: "local-vision",
    messages: [{ role: "user", content: [{ type: "text", text }, ...images] }],
    ...params,
  });

const english = ["Quality check", "Part: FL-7731", "Batch: 2411-08", "Length: 24 mm"];

describe("chat about pictures", { timeout: PATIENCE }, () => {
  it("gives exactly the lines of text, from top to bottom, in English and Chinese", async () => {
    const answer = await ask("Transcribe/read all text", [part(await label(english))]);
    expect(textOf(answer)).toBe(english.join("\n"));
    expect(answer.system_fingerprint).toContain("not-a-vlm");
    expect(answer.choices[0]?.finish_reason).toBe("stop");
    // From a file: hardly a server has Chinese letters to draw it with.
    const chinese = await readFile(path.join(import.meta.dirname, "../fixtures/label-zh.png"));
    expect(textOf(await ask("请识别图中所有文字", [part(chinese)]))).toBe("质量检验单\n缺陷：划痕\n长度：24mm");
  });

  it("reads a page however it is held, and light letters on nothing", async () => {
    const fixture = (name: string) => readFile(path.join(import.meta.dirname, "../fixtures", name));
    const lines = "TOTAL 482\nOrder KX-77";
    for (const name of ["upside-down.png", "white-on-nothing.png"])
      expect(textOf(await ask("Transcribe all text.", [part(await fixture(name))])), name).toBe(lines);
    const upright = await sharp(await fixture("upside-down.png"))
      .rotate(180)
      .toBuffer();
    for (const angle of [90, 270])
      expect(
        textOf(await ask("Transcribe all text.", [part(await sharp(upright).rotate(angle).png().toBuffer())])),
      ).toBe(lines);
  });

  it("gives nothing where nothing is written, and the pages of several pictures in order", async () => {
    const blank = await sharp({ create: { width: 300, height: 200, channels: 3, background: "white" } })
      .png()
      .toBuffer();
    expect(textOf(await ask("Transcribe all text.", [part(blank)]))).toBe("");
    const pages = [part(await label(["First page"])), part(await label(["Second page"]))];
    expect(textOf(await ask("Transcribe all text.", pages))).toBe("First page\n\nSecond page");
  });

  it("describes what it saw, and answers questions from it", async () => {
    const image = part(await label(english));
    expect(textOf(await ask("Describe this picture.", [image]))).toContain("Quality check / Part: FL-7731");
    const answer = await ask("What is the batch number?", [image]);
    expect(textOf(answer)).toContain("2411-08");
    expect(answer.usage?.completion_tokens).toBeGreaterThan(0);
  });

  it("streams as a chat does", async () => {
    const image = part(await label(english));
    for (const [question, fragment] of [
      ["Transcribe all text.", "FL-7731"],
      ["What is the batch number?", "2411"],
    ] as const) {
      const stream = await endpoint.client.chat.completions.create({
        model: "local-vision",
        messages: [{ role: "user", content: [{ type: "text", text: question }, image] }],
        stream: true,
        stream_options: { include_usage: true },
      });
      const chunks: OpenAI.ChatCompletionChunk[] = [];
      for await (const chunk of stream) chunks.push(chunk);
      expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? "").join("")).toContain(fragment);
      expect(chunks.every(({ system_fingerprint }) => system_fingerprint?.includes("not-a-vlm"))).toBe(true);
      expect(chunks.at(-1)?.usage?.total_tokens).toBeGreaterThan(0);
    }
  });

  it("holds an answer to a schema", async () => {
    const schema = {
      type: "object",
      properties: { part: { type: "string", maxLength: 20 }, defect: { enum: ["scratch", "dent", "none"] } },
      required: ["part", "defect"],
      additionalProperties: false,
    };
    const answer = await ask("Which part is it, and does the text name a defect?", [part(await label(english))], {
      response_format: { type: "json_schema", json_schema: { name: "report", schema, strict: true } },
    });
    expect(new Ajv2020({ strict: false }).validate(schema, JSON.parse(textOf(answer)))).toBe(true);
  });

  it("looks at a photo of 30 megapixels", async () => {
    const large = await sharp(await label(english))
      .resize(6700, 4480, { fit: "fill" })
      .jpeg({ quality: 60 })
      .toBuffer();
    expect(textOf(await ask("Transcribe all text.", [part(large, "image/jpeg")]))).toContain("FL-7731");
  });

  it("fetches nothing and refuses what is no still picture", async () => {
    const url = `${endpoint.server.url}/health`;
    expect(await failureOf(ask("x", [{ type: "image_url", image_url: { url } }]))).toMatchObject({
      status: 400,
      code: "unsupported_image_url",
    });
    for (const bytes of [
      Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>"),
      Buffer.from("    ftypheic"),
      Buffer.from("x"),
    ])
      expect(await failureOf(ask("x", [part(bytes)]))).toMatchObject({ status: 400, code: "invalid_image" });
    const other = await failureOf(ask("x", [part(await label(["a"]))], { model: "qwen2.5-coder-1.5b" }));
    expect(other).toMatchObject({ status: 400, param: "messages[0].content" });
    expect(other.message).toContain("local-vision");
  });
});
