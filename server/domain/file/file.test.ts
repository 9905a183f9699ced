import { mkdir, readdir, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/server/platform/db/database";
import { fileStorageOf } from "@/server/platform/object-store/file-storage";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";
import { cleanUpFiles } from "./clean-up";
import { samples } from "./file-samples";
import { readFile } from "./read-file";
import { removeFile } from "./remove-file";
import { runFiles } from "./run-files";
import { storeFile } from "./store-file";

let database: Database;
let workspaceId: string;
beforeAll(async () => {
  database = await openTestDatabase();
  workspaceId = (await addMember(database, "owner")).workspaceId;
});
afterAll(() => database.close());

const store = (name: string, bytes: Uint8Array, more: { quota?: number; days?: number } = {}) =>
  storeFile(database, { workspaceId, name, bytes, ...more });
const refusal = (reason: string) => ({ name: "NodeFailure", reason });
const objects = async (of = workspaceId) => {
  const keys: string[] = [];
  for await (const { key } of fileStorageOf(database).store.list(`${of}/`)) keys.push(key);
  return keys;
};
const staged = () => readdir(fileStorageOf(database).incoming);

describe("a stored file", () => {
  it("is read back as it was, under a name that is safe", async () => {
    const bytes = Buffer.from("# Hello\n\n你好");
    const file = await store("../../etc/notes\u0000.md", bytes);
    expect(file).toEqual({
      fileId: expect.stringMatching(/^file_/),
      name: "notes .md",
      mediaType: "text/markdown",
      size: bytes.length,
    });
    expect(Buffer.from(await readFile(database, workspaceId, file.fileId))).toEqual(bytes);
    expect(await staged()).toEqual([]);
  });

  it("can be stored from a stream", async () => {
    const stream = Readable.from([Buffer.from("a,b\n"), Buffer.from("1,2\n")]);
    const file = await storeFile(database, { workspaceId, name: "rows.csv", stream });
    expect(file).toMatchObject({ mediaType: "text/csv", size: 8 });
  });

  it("is not there for another workspace", async () => {
    const { fileId } = await store("mine.txt", Buffer.from("mine"));
    const other = await addMember(database, "owner");
    await expect(readFile(database, other.workspaceId, fileId)).rejects.toMatchObject({ code: "file-missing" });
    expect(await removeFile(database, other.workspaceId, fileId)).toBe(false);
    expect(String(Buffer.from(await readFile(database, workspaceId, fileId)))).toBe("mine");
  });

  it("lies there once however often it is stored, until the last of them is removed", async () => {
    const own = (await addMember(database, "owner")).workspaceId;
    const bytes = Buffer.from("the same");
    const files = await Promise.all(
      [1, 2, 3].map((index) => storeFile(database, { workspaceId: own, name: `${index}.txt`, bytes })),
    );
    expect(await objects(own)).toHaveLength(1);
    const [first, ...others] = files.map(({ fileId }) => fileId);
    await removeFile(database, own, first as string);
    expect(String(Buffer.from(await readFile(database, own, others[0] as string)))).toBe("the same");
    await Promise.all(others.map((id) => removeFile(database, own, id)));
    expect(await objects(own)).toEqual([]);
    expect(await removeFile(database, own, first as string)).toBe(false);
  });

  it("survives that the same bytes are stored and removed at the same time", async () => {
    const own = (await addMember(database, "owner")).workspaceId;
    const bytes = Buffer.from("contended");
    const kept: string[] = [];
    await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const { fileId } = await storeFile(database, { workspaceId: own, name: "x.txt", bytes });
        if (index % 3 === 0) kept.push(fileId);
        else await removeFile(database, own, fileId);
      }),
    );
    for (const fileId of kept) expect(String(Buffer.from(await readFile(database, own, fileId)))).toBe("contended");
  });

  it("that is empty is refused", async () => {
    await expect(store("empty.txt", new Uint8Array())).rejects.toMatchObject(refusal("file-empty"));
    expect(await staged()).toEqual([]);
  });

  it("larger than its kind may be is refused", async () => {
    const png = await samples.png(10, 10);
    const padded = Buffer.concat([png, Buffer.alloc(20 * 1024 * 1024)]);
    await expect(store("big.png", padded)).rejects.toMatchObject(refusal("file-too-large"));
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(1024 * 1024);
      })(),
    );
    const before = await objects();
    await expect(storeFile(database, { workspaceId, name: "endless", stream: endless })).rejects.toMatchObject(
      refusal("file-too-large"),
    );
    expect(await staged()).toEqual([]);
    expect(await objects()).toEqual(before);
  });

  it("beyond the workspace's room is refused, also when two come at once", async () => {
    const own = (await addMember(database, "owner")).workspaceId;
    const results = await Promise.allSettled(
      ["a", "b"].map((name) =>
        storeFile(database, { workspaceId: own, name: `${name}.txt`, bytes: Buffer.alloc(700, name), quota: 1000 }),
      ),
    );
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(results.find(({ status }) => status === "rejected")).toMatchObject({ reason: refusal("storage-full") });
    expect(await objects(own)).toHaveLength(1);
    expect(await staged()).toEqual([]);
  });

  it("that is a damaged picture is refused", async () => {
    const broken = Buffer.concat([Buffer.from("RIFF\x64\0\0\0WEBPVP8 "), Buffer.alloc(100)]);
    await expect(store("broken.webp", broken)).rejects.toMatchObject(refusal("file-broken"));
  });

  it("that is a picture with more pixels than are ever decoded is refused by its head alone", async () => {
    const png = await samples.png(10, 10);
    png.writeUInt32BE(60_000, 16);
    png.writeUInt32BE(60_000, 20);
    await expect(store("bomb.png", png)).rejects.toMatchObject(refusal("file-broken"));
  });
});

describe("pictures in a run", () => {
  const files = () => runFiles(database, workspaceId);

  it("a photo of 30 megapixels is shrunk, upright, and its saving is told", async () => {
    const photo = await store("Foto 1.JPG", await samples.photo(6500, 4700, 6));
    const { image, width, height, original } = await files().shrinkImage(photo, 1024);
    expect(original).toMatchObject({ width: 4700, height: 6500, size: photo.size });
    expect({ width, height }).toEqual({ width: 740, height: 1024 });
    expect(image).toMatchObject({ name: "Foto 1.jpg", mediaType: "image/jpeg" });
    expect(image.size).toBeLessThan(photo.size);
    expect((await files().read(image)).byteLength).toBe(image.size);
  });

  it("one that is small enough stays what it is", async () => {
    const photo = await store("small.png", await samples.png(100, 50));
    expect(await files().shrinkImage(photo, 1024)).toEqual({
      image: photo,
      width: 100,
      height: 50,
      original: { width: 100, height: 50, size: photo.size },
    });
  });

  it("one in colours of print, or with what shines through, is made what every model sees, whatever its size", async () => {
    const print = await store("print.jpg", await samples.inInk(100, 50));
    const { image: onScreen } = await files().shrinkImage(print, 1024);
    expect(await sharp(await files().read(onScreen)).metadata()).toMatchObject({ space: "srgb", format: "jpeg" });
    for (const [shade, ground] of [
      ["white", 0],
      ["black", 255],
    ] as const) {
      const clear = await store("clear.png", await samples.spot(shade));
      const { image } = await files().shrinkImage(clear, 1024);
      const { data } = await sharp(await files().read(image))
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect([...data.subarray(0, 3)]).toEqual([ground, ground, ground]);
    }
  });

  it("of an animation the first frame is taken", async () => {
    const animation = await store("dance.gif", await samples.animation());
    expect(animation.mediaType).toBe("image/gif");
    const { image, width, height } = await files().shrinkImage(animation, 1024);
    expect({ width, height }).toEqual({ width: 64, height: 48 });
    expect(image.mediaType).not.toBe("image/gif");
  });

  it.each([
    ["a HEIC photo", "IMG_1.HEIC", samples.heic, /HEIC.*cannot be read/],
    ["an SVG drawing", "drawing.svg", samples.svg, /SVG.*never opened/],
    ["a text", "notes.txt", () => Buffer.from("no picture"), /no picture/],
  ])("%s is refused with what to do", async (_, name, make, message) => {
    const file = await store(name, make());
    await expect(files().shrinkImage(file, 1024)).rejects.toMatchObject({
      code: "file-invalid",
      message: expect.stringMatching(message),
      options: { hint: expect.stringMatching(/JPEG or PNG/) },
    });
  });

  it("one that is cut off is refused", async () => {
    const whole = await samples.photo(800, 600);
    const cut = await store("cut.jpg", whole.subarray(0, whole.length / 2));
    for (const edge of [64, 4096]) {
      await expect(files().shrinkImage(cut, edge)).rejects.toMatchObject({ code: "file-invalid" });
    }
  });

  it("one that is gone says so", async () => {
    const photo = await store("gone.png", await samples.png(10, 10));
    await removeFile(database, workspaceId, photo.fileId);
    await expect(files().read(photo)).rejects.toMatchObject({ code: "file-missing" });
    await expect(files().shrinkImage(photo, 64)).rejects.toMatchObject({ code: "file-missing" });
  });

  it("what a step stores is kept for a while only", async () => {
    const { fileId } = await files().store({ name: "made.txt", mediaType: "text/plain", bytes: Buffer.from("made") });
    const row = await database.prisma.storedFile.findUniqueOrThrow({ where: { id: fileId } });
    expect(row.expiresAt?.getTime()).toBeGreaterThan(Date.now());
  });
});

describe("cleaning up", () => {
  it("removes what has expired, uploads that broke off and bytes that nothing names, and nothing else", async () => {
    const { store: objectStore, incoming } = fileStorageOf(database);
    const own = (await addMember(database, "owner")).workspaceId;
    const put = (name: string, days?: number) =>
      storeFile(database, { workspaceId: own, name, bytes: Buffer.from(name), ...(days ? { days } : {}) });
    const kept = await put("kept.txt");
    const soon = await put("soon.txt", 30);
    const orphan = `${own}/ab/ab00`;
    await objectStore.put(orphan, Buffer.from("left by a crash"));
    await mkdir(incoming, { recursive: true });
    await writeFile(path.join(incoming, "young"), "x");
    await writeFile(path.join(incoming, "old"), "x");
    await utimes(path.join(incoming, "old"), 1, 1);

    await cleanUpFiles(database);
    expect(await staged()).toEqual(["young"]);
    expect(await objects(own)).toHaveLength(3);

    await cleanUpFiles(database, Date.now() + 31 * 86_400_000);
    expect(await staged()).toEqual([]);
    expect(await objects(own)).toHaveLength(1);
    await expect(readFile(database, own, soon.fileId)).rejects.toMatchObject({ code: "file-missing" });
    expect(String(Buffer.from(await readFile(database, own, kept.fileId)))).toBe("kept.txt");
  });
});

describe("the files of a workspace", () => {
  it("are listed latest first, searched, counted and removed", async () => {
    const owner = await addMember(database, "owner");
    const api = callerOf(database, owner).file;
    for (const name of ["one.txt", "two.md", "three.txt"]) {
      await storeFile(database, { workspaceId: owner.workspaceId, name, bytes: Buffer.from(name) });
    }
    const first = await api.list({ limit: 2 });
    expect(first.items.map(({ name }) => name)).toEqual(["three.txt", "two.md"]);
    const second = await api.list({ limit: 2, cursor: first.nextCursor });
    expect(second).toMatchObject({ items: [{ name: "one.txt" }], nextCursor: null });
    expect((await api.list({ query: "TXT" })).items).toHaveLength(2);
    expect(await api.usage()).toMatchObject({ count: 3, size: 22 });
    const [latest] = first.items;
    await api.remove({ id: latest?.fileId ?? "" });
    await expect(api.get({ id: latest?.fileId ?? "" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await api.usage()).toMatchObject({ count: 2 });
  });

  it("stay while a training set or a model cannot do without them", async () => {
    const owner = await addMember(database, "owner");
    const { workspaceId: own } = owner;
    const rows = await storeFile(database, { workspaceId: own, name: "rows.jsonl", bytes: Buffer.from("{}") });
    const set = { workspaceId: own, name: "Rows", fileId: rows.fileId, contentHash: "x", rowCount: 1 };
    await database.prisma.trainingSet.create({ data: set });
    const head = await storeFile(database, { workspaceId: own, name: "head.bin", bytes: Buffer.from([0, 1, 2]) });
    const predictions = await storeFile(database, { workspaceId: own, name: "p.jsonl", bytes: Buffer.from("[]") });
    const model = await database.prisma.tunedModel.create({
      data: { workspaceId: own, name: "Intent", slug: "intent", task: "classify" },
    });
    await database.prisma.tunedModelVersion.create({
      data: {
        workspaceId: own,
        tunedModelId: model.id,
        number: 1,
        base: "local/embed",
        method: "head",
        weightsFileId: head.fileId,
        metrics: { predictionsFileId: predictions.fileId },
      },
    });
    for (const { fileId } of [rows, head, predictions]) {
      await expect(callerOf(database, owner).file.remove({ id: fileId })).rejects.toMatchObject({
        code: "CONFLICT",
        details: { reason: "in-use" },
      });
    }
    expect(String(Buffer.from(await readFile(database, own, rows.fileId)))).toBe("{}");
  });
});
