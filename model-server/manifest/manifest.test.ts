import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { firstModels, lateModels, models } from "./manifest.mjs";

const files = models.flatMap((entry) => entry.files.map((file) => ({ entry, file })));
const MAX_FIRST_DOWNLOAD = 400e6;

describe("model manifest", () => {
  it("gives every model another id that is safe as a folder name", () => {
    const ids = models.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9][a-z0-9.-]*$/);
  });

  it("pins the size and SHA-256 of every file that is fetched by default, and stays inside the model's folder", () => {
    for (const { entry, file } of files) {
      if (file.sha256 === null) expect([entry.optional, file.sources.map(({ type }) => type)]).toEqual([true, ["hub"]]);
      else expect(file.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(file.size).toBeGreaterThan(0);
      expect(file.path).toMatch(/^[a-z0-9_]+(\/[a-z0-9_]+)*\.(json|onnx|gguf|txt|bin)$/);
      expect(file.sources.length).toBeGreaterThan(0);
    }
  });

  it("pins the revision of every file on the hub and the integrity of every tarball", () => {
    for (const { file, source } of files.flatMap(({ file }) => file.sources.map((source) => ({ file, source })))) {
      if (source.type === "hub" && file.sha256 !== null) expect(source.revision).toMatch(/^[0-9a-f]{40}$/);
      if (source.type === "npm")
        for (const part of source.parts) expect(part.integrity).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/);
    }
  });

  it("pins every wheel, and every file that comes in wheels", () => {
    const wheels = files.flatMap(({ file }) =>
      file.sources.flatMap((source) => (source.type === "pip" ? source.parts.map((part) => ({ file, part })) : [])),
    );
    for (const { file, part } of wheels) {
      expect(file.sha256).not.toBe(null);
      expect(part.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(part.size).toBeGreaterThan(0);
      expect(part.file).toMatch(/^[a-z0-9_]+-[0-9.]+-py3-none-[a-z0-9_.]+\.whl$/);
      expect(part.file.startsWith(`${part.package.replaceAll("-", "_")}-${part.version}-`)).toBe(true);
    }
    expect(new Set(wheels.map(({ part }) => part.file)).size).toBe(wheels.length);
    expect(wheels.length).toBeGreaterThan(6);
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

  it("keeps what the app begins with small enough for a first start within minutes", () => {
    const tarballs = new Map<string, number>();
    for (const { entry, file } of files) {
      if (!firstModels.includes(entry.id)) continue;
      const [source] = file.sources;
      if (source?.type === "npm" || source?.type === "pip")
        for (const part of source.parts) tarballs.set(part.package, part.size);
    }
    const bytes = [...tarballs.values()].reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThan(MAX_FIRST_DOWNLOAD);
  });

  it("covers every kind of node by default", () => {
    const tasks = models.filter(({ optional }) => !optional).map(({ task }) => task);
    expect(tasks.sort()).toEqual([
      "chat",
      "embed-en",
      "embed-multilingual",
      "embed-zh",
      "moderation",
      "transcription",
      "vision",
    ]);
    const chat = models.find(({ optional, task }) => !optional && task === "chat");
    expect(chat?.grade).toBe("good");
    expect(lateModels).toEqual([chat?.id]);
    expect(models.filter(({ insteadOf }) => insteadOf === chat?.id)).toMatchObject([{ optional: true, grade: "demo" }]);
  });

  it("lists a better language model and a real vision model for who reaches the hub", () => {
    const optional = models.filter((entry) => entry.optional);
    expect(optional.some(({ task, grade }) => task === "chat" && grade === "good")).toBe(true);
    const vlm = optional.find(({ task }) => task === "vision-external");
    expect(vlm?.files.map(({ path }) => path)).toEqual(["model.gguf", "mmproj.gguf"]);
  });
});
