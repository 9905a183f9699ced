import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/server/platform/db/database";
import { leanListener } from "@/server/platform/lean/lean-listener";
import { fileStorageOf } from "@/server/platform/object-store/file-storage";
import { guardRoute } from "@/server/platform/route/route";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";
import { answerDownload } from "./answer-download";
import { answerKeyUpload, answerUpload } from "./answer-upload";
import { fileLimits } from "./file-limits";
import { samples } from "./file-samples";
import { storeFile } from "./store-file";

let database: Database;
let server: Server;
let base: string;
let key: string;
let owner: Awaited<ReturnType<typeof addMember>>;

beforeAll(async () => {
  database = await openTestDatabase();
  owner = await addMember(database, "owner");
  ({ key } = await callerOf(database, owner).apiKey.create({ name: "Test" }));
  const handler = guardRoute({ auth: "api-key" }, answerKeyUpload, async () => database);
  const listener = leanListener([{ method: "POST", path: "/api/v1/files", handler }]);
  server = createServer((incoming, outgoing) => {
    if (!listener(incoming, outgoing)) outgoing.writeHead(404).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/files`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await database.close();
});

const form = (...files: [name: string, bytes: Uint8Array][]) => {
  const data = new FormData();
  for (const [name, bytes] of files) data.append("file", new Blob([bytes as BlobPart]), name);
  return data;
};
const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  fetch(base, { method: "POST", body, headers: { authorization: `Bearer ${key}`, ...headers } });
const answerOf = async (response: Response) => ({ status: response.status, body: await response.json() });
const staged = () => readdir(fileStorageOf(database).incoming).catch(() => []);
const count = () => database.prisma.storedFile.count({ where: { workspaceId: owner.workspaceId } });

describe("an upload with an API key", () => {
  it("stores the file and answers with its reference", async () => {
    const png = await samples.png(30, 20);
    const { status, body } = await answerOf(await post(form(["chart.png", png])));
    expect(status).toBe(201);
    expect(body.file).toEqual({
      fileId: expect.stringMatching(/^file_/),
      name: "chart.png",
      mediaType: "image/png",
      size: png.length,
    });
    expect(body.claimed).toBeNull();
    const row = await database.prisma.storedFile.findUniqueOrThrow({ where: { id: body.file.fileId } });
    expect(row).toMatchObject({ workspaceId: owner.workspaceId, details: { width: 30, height: 20 } });
    expect(row.expiresAt).not.toBeNull();
  });

  it("takes a file of many megabytes", async () => {
    const bytes = Buffer.alloc(30 * 1024 * 1024, "0123456789");
    expect(await answerOf(await post(form(["long.txt", bytes])))).toMatchObject({
      status: 201,
      body: { file: { size: bytes.length, mediaType: "text/plain" } },
    });
  });

  it("takes several at once, and says whose extension lied", async () => {
    const { body } = await answerOf(await post(form(["a.pdf", await samples.png(2, 2)], ["b.txt", Buffer.from("b")])));
    expect(body.files).toEqual([
      { file: expect.objectContaining({ name: "a.png", mediaType: "image/png" }), claimed: "pdf" },
      { file: expect.objectContaining({ name: "b.txt" }), claimed: null },
    ]);
  });

  it("is refused without a key", async () => {
    expect((await post(form(["a.txt", Buffer.from("a")]), { authorization: "Bearer no" })).status).toBe(401);
  });

  it("of zero bytes is refused", async () => {
    expect(await answerOf(await post(form(["a.txt", new Uint8Array()])))).toMatchObject({
      status: 422,
      body: { error: { code: "file-empty", hint: expect.any(String) } },
    });
  });

  it("without a file is refused", async () => {
    const data = new FormData();
    data.append("note", "no file");
    expect(await answerOf(await post(data))).toMatchObject({ status: 400, body: { error: { code: "no-file" } } });
  });

  it("of too many files is refused, and none of them is left", async () => {
    const before = await count();
    const many = Array.from({ length: fileLimits.filesAtOnce + 1 }, (_, index): [string, Uint8Array] => [
      `${index}.txt`,
      Buffer.from(String(index)),
    ]);
    expect(await answerOf(await post(form(...many)))).toMatchObject({
      status: 413,
      body: { error: { code: "too-many-parts" } },
    });
    expect(await count()).toBe(before);
    expect(await staged()).toEqual([]);
  });

  it.each([
    ["JSON in place of a form", { "content-type": "application/json" }, 415],
    ["a form without a boundary", { "content-type": "multipart/form-data" }, 415],
    ["a form that is none", { "content-type": "multipart/form-data; boundary=x" }, 400],
    ["a claimed size beyond all bounds", { "content-type": "multipart/form-data; boundary=x" }, 400],
  ])("of %s is refused", async (_, headers, status) => {
    expect((await post("{}", headers)).status).toBe(status);
    expect(await staged()).toEqual([]);
  });

  it.each(["../../etc/passwd", "..\\..\\boot.ini", "C:\\x.txt", "/absolute.txt", "a\u202etxt.exe"])(
    "named %j is stored under a name without a path",
    async (name) => {
      const { body } = await answerOf(await post(form([name, Buffer.from("text")])));
      expect(body.file.name).not.toMatch(/[\\/\u202e]|^\./);
      expect(body.file.fileId).toMatch(/^file_[\w-]+$/);
    },
  );

  it("that breaks off in the middle leaves nothing behind", async () => {
    const before = await count();
    const { port, hostname } = new URL(base);
    const socket = connect(Number(port), hostname);
    await once(socket, "connect");
    socket.write(
      [
        "POST /api/v1/files HTTP/1.1",
        "host: x",
        `authorization: Bearer ${key}`,
        "content-type: multipart/form-data; boundary=cut",
        "content-length: 100000",
        "",
        "--cut",
        'content-disposition: form-data; name="file"; filename="a.txt"',
        "",
        "the beginning",
      ].join("\r\n"),
    );
    while ((await staged()).length === 0) {
      // The beginning is on its way to the disk.
    }
    socket.destroy();
    while ((await staged()).length > 0) {
      // The broken connection is noticed in a moment.
    }
    expect(await count()).toBe(before);
  });

  it("whose form ends too early is refused", async () => {
    const text = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nno end';
    expect(await answerOf(await post(text, { "content-type": "multipart/form-data; boundary=x" }))).toMatchObject({
      status: 400,
      body: { error: { code: "upload-broken" } },
    });
    expect(await staged()).toEqual([]);
  });
});

describe("an upload from a page", () => {
  const upload = async (body: FormData) => {
    const request = new Request("http://x/api/files", { method: "POST", body });
    return answerOf(await answerUpload({ request, caller: owner, database } as never));
  };

  it("is kept until somebody removes it, unless it is for a run", async () => {
    const kept = await upload(form(["kept.txt", Buffer.from("kept")]));
    const data = new FormData();
    data.append("for", "run");
    data.append("file", new Blob(["for a run"]), "run.txt");
    const passing = await upload(data);
    const rows = await database.prisma.storedFile.findMany({
      where: { id: { in: [kept.body.file.fileId, passing.body.file.fileId] } },
      orderBy: { createdAt: "asc" },
    });
    expect(rows.map(({ expiresAt }) => expiresAt === null)).toEqual([true, false]);
  });
});

describe("a download", () => {
  const get = async (id: string, headers: Record<string, string> = {}, caller = owner) => {
    const handler = guardRoute(
      { auth: "public", anyHost: true },
      ({ request }) => answerDownload({ request, caller, database, parameters: { id } } as never),
      async () => database,
    );
    return handler(new Request(`http://x/api/files/${id}`, { headers }), { params: Promise.resolve({}) });
  };
  const store = (name: string, bytes: Uint8Array) =>
    storeFile(database, { workspaceId: owner.workspaceId, name, bytes });

  it("gives a picture in its place, and lets nothing in it run", async () => {
    const png = await samples.png(8, 8);
    const { fileId } = await store('日本 "x";\r\n.png', png);
    const response = await get(fileId);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "image/png",
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringContaining("sandbox"),
      "content-disposition": expect.stringMatching(/^inline; filename="[ -~]+"; filename\*=UTF-8''%E6%97%A5/),
      "content-length": String(png.length),
      "cross-origin-resource-policy": "same-origin",
    });
    expect(Buffer.from(await response.arrayBuffer())).toEqual(png);
    const again = await get(fileId, { "if-none-match": response.headers.get("etag") ?? "" });
    expect(again.status).toBe(304);
  });

  it.each([
    ["drawing.svg", samples.svg(), "image/svg+xml"],
    ["page.html", Buffer.from("<!doctype html><script>alert(1)</script>"), "text/html; charset=utf-8"],
    ["notes.txt", Buffer.from("text"), "text/plain; charset=utf-8"],
  ])("never shows %s in its place", async (name, bytes, type) => {
    const response = await get((await store(name, bytes)).fileId);
    expect(response.headers.get("content-disposition")).toMatch(/^attachment;/);
    expect(response.headers.get("content-type")).toBe(type);
  });

  it.each([
    ["bytes=0-3", 206, "bytes 0-3/32044", 4],
    ["bytes=32000-", 206, "bytes 32000-32043/32044", 44],
    ["bytes=-100", 206, "bytes 31944-32043/32044", 100],
    ["bytes=0-999999", 206, "bytes 0-32043/32044", 32044],
    ["bytes=32044-", 416, "bytes */32044", 0],
    ["bytes=5-2", 200, null, 32044],
    ["bytes=0-1,5-6", 200, null, 32044],
    ["lines=1-2", 200, null, 32044],
  ])("of sound gives the part %s", async (range, status, contentRange, length) => {
    const { fileId } = await store("voice.wav", samples.wav());
    const response = await get(fileId, { range });
    expect(response.status).toBe(status);
    expect(response.headers.get("content-range")).toBe(contentRange);
    expect((await response.arrayBuffer()).byteLength).toBe(length);
  });

  it("of a file that is gone, or of another workspace, says the same", async () => {
    const { fileId } = await store("mine.txt", Buffer.from("mine"));
    const stranger = await addMember(database, "owner");
    const [foreign, unknown] = await Promise.all([get(fileId, {}, stranger), get("file_0000000000000000")]);
    expect(foreign.status).toBe(404);
    expect(await foreign.text()).toBe(await unknown.text());
    const row = await database.prisma.storedFile.findUniqueOrThrow({ where: { id: fileId } });
    await fileStorageOf(database).store.delete(`${row.workspaceId}/${row.sha256.slice(0, 2)}/${row.sha256}`);
    expect(await answerOf(await get(fileId))).toMatchObject({ status: 404, body: { error: { code: "file-missing" } } });
  });
});
