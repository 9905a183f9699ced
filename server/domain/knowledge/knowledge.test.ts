import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { storeFile } from "@/server/domain/file/store-file";
import type { Database } from "@/server/platform/db/database";
import type { Member } from "@/server/platform/guard/member";
import { jobWhen, startTestWorker } from "@/server/platform/job/job-fixture";
import type { JobQueue } from "@/server/platform/job/job-queue";
import { localStorage, useFileStorage } from "@/server/platform/object-store/file-storage";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";
import { indexJob } from "./index/index-job";
import { indexFrom } from "./index/vector-index";
import { knowledgeLimits } from "./knowledge.types";
import { knowledgeService } from "./search/knowledge-service";
import { startWordEmbeddings, type WordEmbeddings } from "./word-embeddings-fixture";

let database: Database;
let models: WordEmbeddings;
let queue: JobQueue;
let folder: string;
let member: Member;
let api: ReturnType<typeof callerOf>;

beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
  folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-knowledge-"));
  [models, database] = await Promise.all([startWordEmbeddings(), openTestDatabase()]);
  useFileStorage(database, localStorage(folder));
  queue = await startTestWorker(database, [indexJob as never]);
  member = await addMember(database, "owner");
  api = callerOf(database, member);
  await api.endpoint.create({
    name: "Words",
    slug: "words",
    replicas: [{ baseUrl: models.baseUrl }],
    models: ["words-32", "words-48"].map((name) => ({ name, chat: false, embedding: true })),
  });
});
afterEach(() => {
  models.gate = async () => {};
  models.extraNumbers = 0;
});
afterAll(async () => {
  await queue.stop();
  await Promise.all([database.close(), models.close()]);
  await rm(folder, { recursive: true, force: true });
});

const create = async (more: object = {}) =>
  (await api.knowledge.create({ name: "Manuals", embeddingModel: "words/words-32", ...more })).id;
const ended = async (jobId: string | null) => {
  expect(jobId).not.toBeNull();
  const job = await jobWhen(database, jobId ?? "");
  expect(job).toMatchObject({ status: "success", errorMessage: null });
  return job;
};
const add = async (id: string, name: string, text: string, metadata: Record<string, string | number> = {}) => {
  const { jobId } = await api.knowledge.addText({ id, name, text, metadata });
  await ended(jobId);
};
const names = async (id: string, query: string, more: object = {}) =>
  (await api.knowledge.search({ id, query, ...more })).hits.map(({ source }) => source.documentName);

const battery = "The battery charges in two hours. Keep the battery dry.";
const returns = "You may return a parcel within thirty days for a refund.";
const warranty = "本产品保修期为两年，电池不在保修范围之内。";

describe("a knowledge base", { timeout: 60_000 }, () => {
  it("finds what was added, by meaning and by words, and says why", async () => {
    const id = await create();
    await add(id, "battery", battery);
    await add(id, "returns", returns);
    await add(id, "保修", warranty);
    const { hits, timings } = await api.knowledge.search({ id, query: "refund for returned parcels" });
    expect(hits[0]).toMatchObject({
      source: { documentName: "returns", knowledgeBaseId: id, text: returns, start: 0, end: returns.length },
      textRank: 1,
      // As they were asked, though the passage has other forms of them.
      matchedWords: expect.arrayContaining(["refund", "returned", "parcels"]),
    });
    expect(hits[0]?.vectorScore).toBeGreaterThan(0);
    expect(timings.embedMs).toBeGreaterThan(0);
    expect(await names(id, "保修期多久？", { topK: 1 })).toEqual(["保修"]);
    expect(await names(id, "warranty unrelated")).not.toContain("保修");
    for (const way of ["vector", "text"] as const) {
      const [first] = (await api.knowledge.search({ id, query: "battery", way })).hits;
      expect(first).toMatchObject({ source: { documentName: "battery" }, [`${way}Rank`]: 1 });
    }
    expect(await api.knowledge.get({ id })).toMatchObject({
      documentCount: 3,
      chunkCount: 3,
      waitingCount: 0,
      failedCount: 0,
      indexedWith: "words/words-32",
      dimensions: 32,
      stale: false,
      jobId: null,
    });
  });

  it("keeps what a file says about itself, below what people have written down, and finds by it", async () => {
    const id = await create();
    const { fileId } = await storeFile(database, {
      workspaceId: member.workspaceId,
      name: "returns.md",
      bytes: Buffer.from(`---\ntitle: Return policy\ntags: [a, b]\nfolder: own\n---\n\n${returns}`),
      days: 1,
    });
    await ended((await api.knowledge.addFiles({ id, files: [{ fileId, metadata: { folder: "legal" } }] })).jobId);
    const [document] = (await api.knowledge.documents({ id, limit: 10 })).items;
    expect(document?.metadata).toEqual({ title: "Return policy", tags: "a, b", folder: "legal" });
    const hits = async (filter: Record<string, string>) =>
      (await api.knowledge.search({ id, query: "refund", filter })).hits.map(({ source }) => source.text);
    expect(await hits({ title: "Return policy", folder: "legal" })).toEqual([returns]);
    expect(await hits({ folder: "own" })).toEqual([]);
  });

  it("finds only what has the asked metadata and is strong enough", async () => {
    const id = await create();
    await add(id, "one", `${battery} one`, { product: "lamp", year: 2024 });
    await add(id, "two", `${battery} two`, { product: "radio", year: 2024 });
    expect(await names(id, "battery", { filter: { product: "lamp" } })).toEqual(["one"]);
    expect((await names(id, "battery", { filter: { year: 2024 } })).toSorted()).toEqual(["one", "two"]);
    expect(await names(id, "battery", { filter: { product: "tv" } })).toEqual([]);
    expect(await names(id, "battery in the rain", { minimumScore: 0.99 })).toEqual([]);
  });

  it("answers nothing while it is empty, without asking a model", async () => {
    const id = await create();
    const before = models.embedded.length;
    expect((await api.knowledge.search({ id, query: "battery" })).hits).toEqual([]);
    expect(models.embedded.length).toBe(before);
    expect(await api.knowledge.measure({ id })).toMatchObject({ questions: [], ways: { fused: { mrr: 0 } } });
  });

  it("takes a document once, and a passage that two documents share once in a search", async () => {
    const id = await create();
    await add(id, "first", battery);
    expect(await api.knowledge.addText({ id, name: "again", text: battery })).toEqual({
      jobId: null,
      duplicates: ["again"],
    });
    const before = models.embedded.length;
    await add(id, "second", `${battery}\n`);
    expect(models.embedded.length).toBe(before);
    expect(await names(id, "battery")).toEqual(["first"]);
    const first = (await api.knowledge.documents({ id, query: "first" })).items[0];
    await api.knowledge.removeDocument({ id: first?.id ?? "" });
    expect(await names(id, "battery charges")).toEqual(["second"]);
    expect(await api.knowledge.get({ id })).toMatchObject({ documentCount: 1, chunkCount: 1 });
  });

  it("reads files, keeps what went wrong with one of them, and goes on with the next", async () => {
    const id = await create({ chunkBy: "heading" });
    const store = (name: string, text: string) =>
      storeFile(database, { workspaceId: member.workspaceId, name, bytes: Buffer.from(text), days: 1 });
    const good = await store("guide.md", `# Care\n\n${battery}\n\n# Returns\n\n${returns}`);
    const bad = await store("broken.pdf", "%PDF-1.7 this is not one");
    const { jobId } = await api.knowledge.addFiles({ id, files: [{ fileId: bad.fileId }, { fileId: good.fileId }] });
    expect((await ended(jobId)).result).toEqual({ indexed: 1, failed: 1 });
    const { items } = await api.knowledge.documents({ id });
    expect(items.find(({ name }) => name === "guide.md")).toMatchObject({ status: "indexed", errorCode: null });
    const failed = items.find(({ status }) => status === "failed");
    expect(failed).toMatchObject({ errorCode: expect.stringMatching(/^[a-z-]+$/), errorMessage: expect.any(String) });
    const [hit] = (await api.knowledge.search({ id, query: "refund" })).hits;
    expect(hit?.source.heading).toBe("Returns");
    const guide = await api.knowledge.document({ id: hit?.source.documentId ?? "" });
    const { text } = await api.knowledge.documentText({
      id: guide.id,
      from: hit?.source.start ?? 0,
      to: hit?.source.end ?? 0,
    });
    expect(text).toBe(hit?.source.text);
    expect(guide.outline.map((entry) => (entry.kind === "heading" ? entry.title : ""))).toEqual(["Care", "Returns"]);
    // A file in a knowledge base no longer goes away by itself.
    const row = await database.prisma.storedFile.findUniqueOrThrow({ where: { id: good.fileId } });
    expect(row.expiresAt).toBeNull();
    expect((await ended((await api.knowledge.retryDocument({ id: failed?.id ?? "" })).jobId)).result).toMatchObject({
      failed: 1,
    });
  });

  it("says in what encoding and with which header it took a file, and reads it again otherwise", async () => {
    const id = await create();
    const bytes = Buffer.from("név;város\nKovács Zoltán;Gyõr", "latin1");
    const { fileId } = await storeFile(database, { workspaceId: member.workspaceId, name: "towns.csv", bytes });
    await ended((await api.knowledge.addFiles({ id, files: [{ fileId }] })).jobId);
    const [item] = (await api.knowledge.documents({ id })).items;
    const documentId = item?.id ?? "";
    const taken = await api.knowledge.document({ id: documentId });
    expect(taken.warnings.map(({ code }) => code)).toContain("encoding-unsure");
    expect(taken.reading).toMatchObject({ separator: ";", tables: [{ headerRows: 1, columns: ["név", "város"] }] });
    const { samples } = await api.knowledge.encodingChoices({ id: documentId });
    expect(samples.find(({ encoding }) => encoding === "windows-1250")?.text).toContain("Győr");
    const readAs = { encoding: "windows-1250" as const, tables: { "0": { headerRows: 0 } } };
    await ended((await api.knowledge.readAgain({ id: documentId, readAs })).jobId);
    const again = await api.knowledge.document({ id: documentId });
    expect(again).toMatchObject({ status: "indexed", readAs, warnings: [], reading: { tables: [{ headerRows: 0 }] } });
    const { text } = await api.knowledge.documentText({ id: documentId, from: 0, to: again.textLength });
    expect(text.trim()).toBe("A: név | B: város\nA: Kovács Zoltán | B: Győr");
  });

  it("leaves no trace of a document or of a base that was removed", async () => {
    const id = await create();
    const secret = "Zanzibarium";
    const file = await storeFile(database, {
      workspaceId: member.workspaceId,
      name: "secret.md",
      bytes: Buffer.from(`# ${secret}\n\nThe ${secret} formula.`),
    });
    await ended((await api.knowledge.addFiles({ id, files: [{ fileId: file.fileId }] })).jobId);
    await add(id, "other", battery);
    await api.knowledge.addQuestion({ id, question: `What is ${secret}?`, answers: [secret] });
    const traces = async () => {
      const found: string[] = [];
      for (const table of [
        "KnowledgeChunk",
        "KnowledgeDocument",
        "KnowledgeWord",
        "KnowledgeQuestion",
        "KnowledgeBase",
        "Job",
      ]) {
        const rows = await database.query(`SELECT 1 FROM "${table}" row WHERE row::text ILIKE '%zanzibarium%'`);
        if (rows.length > 0) found.push(table);
      }
      return found;
    };
    expect(await traces()).toEqual(["KnowledgeChunk", "KnowledgeDocument", "KnowledgeWord", "KnowledgeQuestion"]);
    const { items } = await api.knowledge.documents({ id, query: "secret" });
    await api.knowledge.removeDocument({ id: items[0]?.id ?? "" });
    expect(await traces()).toEqual(["KnowledgeQuestion"]);
    expect(await database.prisma.storedFile.count({ where: { id: file.fileId } })).toBe(0);
    await api.knowledge.remove({ id });
    expect(await traces()).toEqual([]);
    const subject = `knowledge-base:${id}`;
    expect(await database.prisma.job.count({ where: { subject } })).toBe(0);
    expect(await database.query(`SELECT 1 FROM "KnowledgeWord" WHERE "knowledgeBaseId" = $1`, [id])).toEqual([]);
    expect(await database.query("SELECT 1 FROM pg_indexes WHERE strpos(indexname, $1) > 0", [id])).toEqual([]);
    await expect(api.knowledge.get({ id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("keeps a file that another base still uses", async () => {
    const [one, other] = [await create(), await create()];
    const { fileId } = await storeFile(database, {
      workspaceId: member.workspaceId,
      name: "shared.txt",
      bytes: Buffer.from(returns),
    });
    for (const id of [one, other]) await ended((await api.knowledge.addFiles({ id, files: [{ fileId }] })).jobId);
    await api.knowledge.remove({ id: one });
    expect(await database.prisma.storedFile.count({ where: { id: fileId } })).toBe(1);
    await api.knowledge.remove({ id: other });
    expect(await database.prisma.storedFile.count({ where: { id: fileId } })).toBe(0);
  });
});

describe("re-indexing", { timeout: 60_000 }, () => {
  it("is asked for when model or cut change, searches the old index meanwhile, and then the new one", async () => {
    const id = await create();
    await add(id, "battery", battery);
    await add(id, "returns", returns);
    await api.knowledge.update({ id, embeddingModel: "words/words-48", chunkSize: 50, chunkOverlap: 0 });
    expect(await api.knowledge.get({ id })).toMatchObject({ stale: true, indexedWith: "words/words-32" });
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    let asked = () => {};
    const wasAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    models.gate = () => {
      asked();
      return gate;
    };
    const { jobId } = await api.knowledge.reindex({ id });
    await wasAsked;
    expect((await api.knowledge.search({ id, query: "refund", way: "text" })).hits).toHaveLength(1);
    expect(await api.knowledge.get({ id })).toMatchObject({ jobId, dimensions: 32 });
    open();
    await ended(jobId);
    expect(await api.knowledge.get({ id })).toMatchObject({
      stale: false,
      indexedWith: "words/words-48",
      dimensions: 48,
      jobId: null,
    });
    const [hit] = (await api.knowledge.search({ id, query: "refund thirty days" })).hits;
    expect(hit?.source.text.length).toBeLessThanOrEqual(50);
    const generations = await database.query(
      `SELECT DISTINCT "generation" FROM "KnowledgeChunk" WHERE "knowledgeBaseId" = $1
       UNION SELECT DISTINCT "generation" FROM "KnowledgeWord" WHERE "knowledgeBaseId" = $1`,
      [id],
    );
    expect(generations).toHaveLength(1);
  });

  it("is what a search says where the model behind the name makes other vectors now", async () => {
    const id = await create();
    await add(id, "battery", battery);
    models.extraNumbers = 8;
    await expect(api.knowledge.search({ id, query: "battery" })).rejects.toMatchObject({
      details: { reason: "model-failed", hint: "Re-index the knowledge base." },
    });
    expect(await names(id, "battery", { way: "text" })).toEqual(["battery"]);
    const { jobId } = await api.knowledge.addText({ id, name: "more", text: returns });
    expect((await ended(jobId)).result).toEqual({ indexed: 0, failed: 1 });
    expect((await api.knowledge.documents({ id, status: "failed" })).items[0]?.errorCode).toBe("dimension-mismatch");
    await ended((await api.knowledge.reindex({ id })).jobId);
    expect((await names(id, "battery refund")).toSorted()).toEqual(["battery", "more"]);
    expect(await api.knowledge.get({ id })).toMatchObject({ dimensions: 40 });
  });

  it("can be cancelled, and the documents wait for the next time", async () => {
    const id = await create();
    let asked = () => {};
    const wasAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    models.gate = () => {
      asked();
      return new Promise(() => {});
    };
    const { jobId } = await api.knowledge.addText({ id, name: "battery", text: battery });
    await wasAsked;
    await api.job.cancel({ id: jobId ?? "" });
    expect(await jobWhen(database, jobId ?? "")).toMatchObject({ status: "cancelled" });
    expect(await api.knowledge.get({ id })).toMatchObject({ waitingCount: 1 });
    models.gate = async () => {};
    await add(id, "returns", returns);
    expect((await names(id, "battery refund")).toSorted()).toEqual(["battery", "returns"]);
  });
});

describe("a base with indexes of its own", { timeout: 120_000 }, () => {
  it("finds the same as one that is looked through", async () => {
    const id = await create({ chunkBy: "structure", chunkSize: 60, chunkOverlap: 0 });
    const topics = [
      "battery",
      "refund",
      "parcel",
      "warranty",
      "screen",
      "cable",
      "invoice",
      "delivery",
      "保修",
      "电池",
    ];
    const text = Array.from(
      { length: indexFrom + 60 },
      (_, index) => `Item ${index} ${topics[index % 10]} note ${topics[(index * 7 + 3) % 10]} code x${index}y.`,
    ).join("\n\n");
    await add(id, "items", text);
    const indexes = await database.query("SELECT 1 FROM pg_indexes WHERE strpos(indexname, $1) > 0", [id]);
    expect(indexes).toHaveLength(2);
    for (const number of [3, 77, 401, indexFrom + 41]) {
      const [hit] = (await api.knowledge.search({ id, query: `x${number}y`, topK: 1 })).hits;
      expect(hit?.source.text).toContain(`Item ${number} `);
      const exact = await database.query<{ id: string }>(
        `SELECT "id" FROM "KnowledgeChunk" WHERE "knowledgeBaseId" = $1
         ORDER BY "embedding" <=> (SELECT "embedding" FROM "KnowledgeChunk" WHERE "id" = $2), "id" LIMIT 1`,
        [id, hit?.source.id],
      );
      const query = hit?.source.text ?? "";
      const [nearest] = (await api.knowledge.search({ id, query, way: "vector", topK: 1 })).hits;
      expect(nearest?.vectorScore).toBeCloseTo(1, 5);
      expect(exact).toHaveLength(1);
    }
    // Words that nearly every passage has are no reason to read them all.
    expect(await names(id, "item note code")).toHaveLength(5);
  });
});

describe("labelled questions", { timeout: 60_000 }, () => {
  it("measure each way of searching", async () => {
    const id = await create();
    await add(id, "battery", battery);
    await add(id, "returns", returns);
    await api.knowledge.addQuestion({ id, question: "How long does the battery charge?", answers: ["two hours"] });
    const wrong = await api.knowledge.addQuestion({ id, question: "Who wrote it?", answers: ["nobody knows"] });
    const { ways, questions } = await api.knowledge.measure({ id, topK: 3 });
    expect(ways.fused).toEqual({ recallAtK: 0.5, mrr: 0.5, ndcg: 0.5 });
    expect(questions[0]?.ranks).toMatchObject({ fused: 1, text: 1 });
    expect(questions[1]?.ranks).toEqual({ fused: null, vector: null, text: null });
    await api.knowledge.removeQuestion({ id: wrong.id });
    expect((await api.knowledge.questions({ id })).items).toHaveLength(1);
  });
});

describe("a run's search", { timeout: 60_000 }, () => {
  it("calls the model through the step, and knows only its own workspace's bases", async () => {
    const id = await create();
    await add(id, "battery", battery);
    const embeds: unknown[] = [];
    const call = {
      signal: new AbortController().signal,
      embed: async (request: { readonly input: readonly string[] }) => {
        embeds.push(request);
        return { vectors: request.input.map(() => new Array(32).fill(1)), usage: null, costMicroUsd: null };
      },
      rerank: () => Promise.reject(new Error("not asked for")),
    };
    const service = knowledgeService(database, member.workspaceId);
    const { sources } = await service.search({ knowledgeBase: id, query: "battery", topK: 3 }, call);
    expect(sources.map(({ documentName }) => documentName)).toEqual(["battery"]);
    expect(embeds).toEqual([{ model: "words/words-32", input: ["battery"] }]);
    const stranger = await addMember(database, "owner");
    await expect(
      knowledgeService(database, stranger.workspaceId).search({ knowledgeBase: id, query: "x", topK: 1 }, call),
    ).rejects.toMatchObject({ code: "knowledge-unknown" });
  });
});

describe("bounds", () => {
  it.each<[string, (id: string) => Promise<unknown>]>([
    ["a long query", (id) => api.knowledge.search({ id, query: "x".repeat(knowledgeLimits.queryCharacters + 1) })],
    ["too many results", (id) => api.knowledge.search({ id, query: "x", topK: knowledgeLimits.topK + 1 })],
    [
      "a long text",
      (id) => api.knowledge.addText({ id, name: "x", text: "x".repeat(knowledgeLimits.textCharacters + 1) }),
    ],
    ["a NUL", (id) => api.knowledge.addText({ id, name: "x", text: "a\u0000b" })],
    [
      "too much metadata",
      (id) =>
        api.knowledge.addText({
          id,
          name: "x",
          text: "x",
          metadata: Object.fromEntries(
            Array.from({ length: knowledgeLimits.metadataEntries + 1 }, (_, n) => [`k${n}`, n]),
          ),
        }),
    ],
    ["a large piece", (id) => api.knowledge.documentText({ id, from: 0, to: knowledgeLimits.pieceCharacters + 1 })],
    ["a piece that ends before it begins", (id) => api.knowledge.documentText({ id, from: 2, to: 1 })],
    ["a huge chunk", (id) => api.knowledge.update({ id, chunkSize: 8001 })],
    ["no answers", (id) => api.knowledge.addQuestion({ id, question: "x", answers: [] })],
    [
      "too many files",
      (id) =>
        api.knowledge.addFiles({
          id,
          files: Array.from({ length: knowledgeLimits.filesAtOnce + 1 }, () => ({ fileId: "file_x" })),
        }),
    ],
  ])("refuse %s", async (_, call) => {
    await expect(call(await create())).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  it("hold for the number of questions and bases", async () => {
    const id = await create();
    const { workspaceId } = member;
    await database.prisma.knowledgeQuestion.createMany({
      data: Array.from({ length: knowledgeLimits.questions }, () => ({
        workspaceId,
        knowledgeBaseId: id,
        question: "q",
        answers: ["a"],
      })),
    });
    const refused = { details: { reason: "limit-reached" } };
    await expect(api.knowledge.addQuestion({ id, question: "one more", answers: ["a"] })).rejects.toMatchObject(
      refused,
    );
    const stranger = await addMember(database, "owner");
    await database.prisma.knowledgeBase.createMany({
      data: Array.from({ length: knowledgeLimits.bases }, () => ({ workspaceId: stranger.workspaceId, name: "b" })),
    });
    await expect(callerOf(database, stranger).knowledge.create({ name: "one more" })).rejects.toMatchObject(refused);
  });
});
