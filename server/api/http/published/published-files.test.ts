import { randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GraphDocument } from "@/runtime/graph/document";
import { answerKeyUpload } from "@/server/domain/file/answer-upload";
import { fileLimits } from "@/server/domain/file/file-limits";
import { samples } from "@/server/domain/file/file-samples";
import { removeFile } from "@/server/domain/file/remove-file";
import { storeFile } from "@/server/domain/file/store-file";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import type { Database } from "@/server/platform/db/database";
import { fileStorageOf } from "@/server/platform/object-store/file-storage";
import { guardRoute } from "@/server/platform/route/route";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";
import { answerRun } from "./answer-run";

/** A photo, a paper that may be left out and a note, handed on as they are. */
const document: GraphDocument = {
  schemaVersion: 1,
  nodes: [
    {
      id: "in",
      type: "io/input",
      typeVersion: 1,
      config: {
        fields: [
          { name: "photo", kind: "image", maxMegabytes: 1 },
          { name: "paper", kind: "file", required: false, accept: ["text/*"] },
          { name: "note", required: false },
        ],
      },
      disabled: false,
    },
    {
      id: "out",
      type: "io/output",
      typeVersion: 1,
      config: { outputs: [{ name: "photo" }, { name: "paper" }, { name: "note" }] },
      disabled: false,
    },
  ],
  edges: ["photo", "paper", "note"].map((port) => ({
    id: port,
    from: { node: "in", port },
    to: { node: "out", port },
  })),
  layout: {},
};

let database: Database;
let key: string;
let slug: string;
let pipelineId: string;
let owner: Awaited<ReturnType<typeof addMember>>;
beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
  database = await openTestDatabase();
  owner = await addMember(database, "owner");
  const api = callerOf(database, owner);
  ({ key } = await api.apiKey.create({ name: "Test" }));
  pipelineId = (await api.pipeline.create({ name: "Files", document })).id;
  ({ slug } = await api.deployment.publish({ pipelineId, revision: 1, slug: "files" }));
});
afterAll(async () => {
  await liveRunsOf(database).settled();
  await database.close();
});

const open = async () => database;
const postRun = guardRoute({ auth: "api-key" }, answerRun, open);
const postFile = guardRoute({ auth: "api-key" }, answerKeyUpload, open);
const send = async (body: BodyInit, type?: string, bearer = key, of = slug) => {
  const headers = { authorization: `Bearer ${bearer}`, ...(type && { "content-type": type }) };
  const request = new Request(`http://x/api/v1/pipelines/${of}/runs`, { method: "POST", body, headers });
  const response = await postRun(request, { params: Promise.resolve({ slug: of }) });
  return { status: response.status, body: await response.json() };
};
const json = (inputs: unknown) => send(JSON.stringify({ inputs }), "application/json");
const form = (parts: Readonly<Record<string, string | [name: string, bytes: Uint8Array]>>) => {
  const data = new FormData();
  for (const [name, part] of Object.entries(parts)) {
    if (typeof part === "string") data.append(name, part);
    else data.append(name, new Blob([part[1] as BlobPart]), part[0]);
  }
  return data;
};
const staged = () => readdir(fileStorageOf(database).incoming).catch(() => []);
const count = () => database.prisma.storedFile.count();
const store = (name: string, bytes: Uint8Array, workspaceId = owner.workspaceId) =>
  storeFile(database, { workspaceId, name, bytes });

describe("a call with files", () => {
  it("as a form gives each file to the field that it is named after", async () => {
    const png = await samples.png(20, 10);
    const { status, body } = await send(
      form({ inputs: JSON.stringify({ note: "hello" }), photo: ["a.png", png], paper: ["b.md", Buffer.from("# b")] }),
    );
    expect(status).toBe(200);
    expect(body.outputs).toEqual({
      note: "hello",
      photo: { fileId: expect.any(String), name: "a.png", mediaType: "image/png", size: png.length },
      paper: { fileId: expect.any(String), name: "b.md", mediaType: "text/markdown", size: 3 },
    });
    const row = await database.prisma.storedFile.findUniqueOrThrow({ where: { id: body.outputs.photo.fileId } });
    expect(row.expiresAt).not.toBeNull();
  });

  it("can upload first and refer to the file in JSON", async () => {
    const upload = new Request("http://x/api/v1/files", {
      method: "POST",
      body: form({ file: ["a.png", await samples.png(4, 4)] }),
      headers: { authorization: `Bearer ${key}` },
    });
    const { file } = await (await postFile(upload, { params: Promise.resolve({}) })).json();
    const { status, body } = await json({ photo: { fileId: file.fileId } });
    expect(status).toBe(200);
    expect(body.outputs.photo).toEqual(file);
  });

  it("streams where the form asks for it", async () => {
    const data = form({ stream: "true", photo: ["a.png", await samples.png(4, 4)] });
    const request = new Request("http://x", {
      method: "POST",
      body: data,
      headers: { authorization: `Bearer ${key}` },
    });
    const response = await postRun(request, { params: Promise.resolve({ slug }) });
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    expect(await response.text()).toContain("event: run-end");
  });

  it("is refused at its field with a file that is gone or another workspace's", async () => {
    const stranger = await addMember(database, "owner");
    const theirs = await store("t.png", await samples.png(4, 4), stranger.workspaceId);
    const gone = await store("g.png", await samples.png(5, 5));
    await removeFile(database, owner.workspaceId, gone.fileId);
    for (const photo of [theirs, gone, { fileId: "file_0000000000000000" }]) {
      expect(await json({ photo })).toMatchObject({
        status: 400,
        body: { error: { code: "input-invalid", fields: { photo: expect.stringMatching(/not stored/) } } },
      });
    }
  });

  it("is judged by what is stored, not by what the caller says of it", async () => {
    const text = await store("t.txt", Buffer.from("text"));
    const photo = { ...text, mediaType: "image/png", name: "t.png" };
    expect(await json({ photo })).toMatchObject({
      status: 400,
      body: { error: { fields: { photo: expect.stringMatching(/text\/plain/) } } },
    });
  });

  it.each([
    ["a file for a field that takes text", { note: ["a.txt", Buffer.from("a")] }, 400, /no field "note"/],
    ["a file for a field that is not there", { graph: ["a.txt", Buffer.from("a")] }, 400, /no field "graph"/],
    ["a part that is none of a request", { data: "{}" }, 400, /"data" is not part/],
    ["inputs that are no JSON", { inputs: "{" }, 400, /not valid JSON/],
    ["inputs nested too deep", { inputs: "[".repeat(200) }, 400, /nests deeper/],
    ["a stream that is neither", { stream: "maybe" }, 400, /true or false/],
    ["an empty file", { photo: ["a.png", new Uint8Array()] }, 422, /empty/],
  ] as const)("is refused with %s, and nothing of it is kept", async (_, parts, status, message) => {
    const before = await count();
    const answer = await send(form(parts as never));
    expect(answer).toMatchObject({ status, body: { error: { message: expect.stringMatching(message) } } });
    expect(await count()).toBe(before);
    expect(await staged()).toEqual([]);
  });

  it("is refused with a file of the wrong type or size", async () => {
    expect(await send(form({ photo: ["x.svg", samples.svg()] }))).toMatchObject({
      status: 400,
      body: { error: { fields: { photo: expect.stringMatching(/not image\/svg/) } } },
    });
    const large = Buffer.concat([await samples.png(4, 4), randomBytes(1024 * 1024)]);
    expect(await send(form({ photo: ["x.png", large] }))).toMatchObject({
      status: 400,
      body: { error: { fields: { photo: expect.stringMatching(/at most/) } } },
    });
  });

  it("is refused before anything is read where the key is not for the pipeline", async () => {
    const before = await count();
    const data = form({ photo: ["a.png", await samples.png(6, 6)] });
    expect((await send(data, undefined, key, "unknown-pipeline")).status).toBe(404);
    expect((await send(form({}), undefined, `pw_${"x".repeat(30)}`)).status).toBe(401);
    expect(await count()).toBe(before);
  });

  it("with too many files is refused", async () => {
    const data = new FormData();
    for (let index = 0; index <= fileLimits.filesAtOnce; index += 1) data.append("photo", new Blob(["x"]), "x.png");
    expect((await send(data)).status).toBe(413);
    const two = new FormData();
    for (let index = 0; index < 2; index += 1) two.append("photo", new Blob(["x"]), "x.png");
    expect(await send(two)).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringMatching(/two files/) } },
    });
    expect(await staged()).toEqual([]);
  });
});

describe("a run of the draft", () => {
  it("is given files by reference, and refused at the field of one that is gone", async () => {
    const api = callerOf(database, owner);
    const photo = await store("p.png", await samples.png(7, 7));
    const { runId } = await api.run.start({ pipelineId, revision: 1, inputs: { photo } });
    await liveRunsOf(database).get(runId)?.finished;
    const { events } = await api.run.get({ id: runId });
    expect(events.at(-1)).toMatchObject({ type: "run-end", outcome: "success", outputs: { photo } });
    await api.file.remove({ id: photo.fileId });
    await expect(api.run.start({ pipelineId, revision: 1, inputs: { photo } })).rejects.toMatchObject({
      details: { reason: "input-invalid", fields: { photo: expect.stringMatching(/not stored/) } },
    });
    // What was recorded of the first run stays, with its reference.
    expect((await api.run.get({ id: runId })).events.at(-1)).toMatchObject({ outputs: { photo } });
  });
});
