import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CacheCall, CacheFound, CacheQuestion } from "@/runtime/capability/cache/contract";
import { emptyDocument } from "@/runtime/graph/document";
import { eraseConversations } from "@/server/domain/conversation/erase";
import type { Database } from "@/server/platform/db/database";
import type { Member } from "@/server/platform/guard/member";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";
import type { CacheRun } from "./cache-owner";
import { cacheService, noCache } from "./cache-service";
import { separatePairs } from "./separate-pairs";

let database: Database;
let owner: Member;
let base: CacheRun;
let otherRevision: string;
beforeAll(async () => {
  database = await openTestDatabase();
  owner = await addMember(database, "owner");
  const { id: pipelineId } = await callerOf(database, owner).pipeline.create({ name: "Answers" });
  const { workspaceId } = owner;
  const revision = (number: number) =>
    database.prisma.revision.create({
      data: { workspaceId, pipelineId, number, graphHash: `hash-${number}`, document: { ...emptyDocument } },
    });
  const [{ id: revisionId }, other] = [await revision(101), await revision(102)];
  otherRevision = other.id;
  base = { workspaceId, pipelineId, revisionId, deploymentId: "address-1", apiKeyId: "key-1" };
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.prisma.cachedAnswer.deleteMany();
  await database.prisma.cacheDay.deleteMany();
});

const asked = (question: string, more: Partial<CacheQuestion> = {}): CacheQuestion => ({
  question,
  form: question.toLowerCase(),
  others: {},
  body: "steps-1",
  scope: "pipeline",
  ...more,
});
const call = (user?: string, controller = new AbortController()): CacheCall => ({
  signal: controller.signal,
  step: "cache-1",
  ...(user === undefined ? {} : { user }),
});
const service = (run: Partial<CacheRun> = {}, now?: () => Date) =>
  cacheService(database, { ...base, ...run, id: randomUUID() }, now);
const claimOf = (found: CacheFound): string => {
  if (found.kind !== "none") throw new Error(`expected nothing kept, got ${found.kind}`);
  return found.claim;
};
const kept = {
  tookMs: 1_200,
  costMicroUsd: 340 as number | null,
  lifetimeMs: 60_000,
  entries: 1_000,
  bytes: 10_000_000,
};
/** Asks and keeps what is answered. */
const answer = async (
  run: ReturnType<typeof service>,
  question: CacheQuestion,
  text: string,
  more: { vector?: readonly number[]; model?: string; entries?: number; bytes?: number; user?: string } = {},
) => {
  const { user, ...rest } = more;
  const claim = claimOf(await run.find(question, call(user)));
  await run.keep({ claim, outputs: { answer: text }, ...kept, ...rest }, call(user));
};
const found = async (run: ReturnType<typeof service>, question: CacheQuestion, user?: string) => {
  const result = await run.find(question, call(user));
  if (result.kind === "none") run.release(result.claim);
  return result.kind === "hit" ? result.answer.outputs.answer : result.kind;
};

describe("an answer is given again", () => {
  it("for the same question of the same address, with the run that gave it, its age, and what it saved", async () => {
    let now = new Date("2026-12-01T10:00:00Z");
    const run = service({}, () => now);
    await answer(run, asked("How long?"), "Two years.");
    now = new Date("2026-12-01T10:00:30Z");
    expect(await run.find(asked("how long?"), call())).toMatchObject({
      kind: "hit",
      answer: {
        outputs: { answer: "Two years." },
        question: "How long?",
        ageMs: 30_000,
        tookMs: 1_200,
        costMicroUsd: 340,
      },
    });
    expect(await callerOf(database, owner).answerCache.state({ pipelineId: base.pipelineId })).toMatchObject([
      {
        deploymentId: "address-1",
        step: "cache-1",
        entries: 1,
        hits: 1,
        savedMs: 1_200,
        savedMicroUsd: 340,
        unpriced: 0,
      },
    ]);
  });

  it("until its time to live is over, and then replaced by the new one", async () => {
    let now = new Date("2026-12-01T10:00:00Z");
    const run = service({}, () => now);
    await answer(run, asked("How long?"), "Two years.");
    now = new Date("2026-12-01T10:01:00Z");
    await answer(run, asked("How long?"), "Three years.");
    expect(await found(run, asked("How long?"))).toBe("Three years.");
    expect(await database.prisma.cachedAnswer.count()).toBe(1);
  });

  it("not where anything that it depends on is another: the steps, another input, what default stands for", async () => {
    const run = service();
    await answer(run, asked("How long?", { others: { plan: "basic" } }), "Two years.");
    expect(await found(run, asked("How long?", { others: { plan: "pro" } }))).toBe("none");
    expect(await found(run, asked("How long?", { others: { plan: "basic" }, body: "steps-2" }))).toBe("none");
    expect(await found(run, asked("How long?", { others: { plan: "basic" } }))).toBe("Two years.");
    await database.prisma.workspace.update({
      where: { id: base.workspaceId },
      data: { defaultChatModel: "other/model" },
    });
    expect(await found(run, asked("How long?", { others: { plan: "basic" } }))).toBe("none");
  });

  it("also by another revision whose steps do the same", async () => {
    await answer(service(), asked("How long?"), "Two years.");
    expect(await found(service({ revisionId: otherRevision }), asked("How long?"))).toBe("Two years.");
  });

  it("not once a knowledge base that the pipeline names has another document", async () => {
    const { workspaceId } = base;
    const { prisma } = database;
    const knowledge = await prisma.knowledgeBase.create({
      data: { workspaceId, name: "Manual", embeddingModel: "default" },
    });
    const document = {
      ...emptyDocument,
      nodes: [
        {
          id: "search",
          type: "retrieval/search",
          typeVersion: 1,
          config: { knowledgeBase: knowledge.id },
          disabled: false,
        },
      ],
    };
    const revision = await prisma.revision.create({
      data: { workspaceId, pipelineId: base.pipelineId, number: 103, graphHash: "hash-103", document },
    });
    const run = service({ revisionId: revision.id });
    await answer(run, asked("How long?"), "Two years.");
    expect(await found(run, asked("How long?"))).toBe("Two years.");
    await prisma.knowledgeBase.update({ where: { id: knowledge.id }, data: { generation: { increment: 1 } } });
    expect(await found(run, asked("How long?"))).toBe("none");
  });
});

describe("nobody is given another caller's answer", () => {
  it("across addresses, the draft and workspaces", async () => {
    await answer(service(), asked("How long?"), "Two years.");
    expect(await found(service({ deploymentId: "address-2" }), asked("How long?"))).toBe("none");
    expect(await found(service({ deploymentId: null, apiKeyId: null, userId: owner.userId }), asked("How long?"))).toBe(
      "none",
    );
  });

  it("across keys and end users, also by meaning, and also where two keys call their users alike", async () => {
    const mine = asked("What is my balance?", { scope: "user" });
    const run = service();
    await answer(run, mine, "5432.10", { vector: [1, 0], model: "m", user: "7" });
    expect(await found(run, mine, "7")).toBe("5432.10");
    expect(await found(run, mine, "8")).toBe("none");
    expect(await found(service({ apiKeyId: "key-2" }), mine, "7")).toBe("none");
    const claim = claimOf(await run.find(asked("my balance?", { scope: "user" }), call("8")));
    expect(await run.near(claim, [1, 0], "m", call("8"))).toEqual([]);
    const byKey = asked("What is my balance?", { scope: "key" });
    await answer(run, byKey, "of key 1");
    expect(await found(service({ apiKeyId: "key-2" }), byKey)).toBe("none");
  });

  it("where it is kept for each end user and the call does not say whose it is: nothing is looked for", async () => {
    expect(await found(service(), asked("Mine?", { scope: "user" }))).toBe("aside");
  });

  it("in an experiment or a sheet", async () => {
    expect(await noCache.find(asked("How long?"), call())).toEqual({ kind: "aside", reason: "measured" });
  });
});

describe("by meaning", () => {
  it("the nearest come first, of the same model and length only", async () => {
    const run = service();
    await answer(run, asked("a"), "A", { vector: [1, 0, 0], model: "m" });
    await answer(run, asked("b"), "B", { vector: [0.8, 0.6, 0], model: "m" });
    await answer(run, asked("c"), "C", { vector: [1, 0, 0], model: "other" });
    await answer(run, asked("d"), "D", { vector: [1, 0], model: "m" });
    await answer(run, asked("e"), "E");
    const claim = claimOf(await run.find(asked("z"), call()));
    const near = await run.near(claim, [1, 0, 0], "m", call());
    expect(near.map(({ outputs, similarity }) => [outputs.answer, Number(similarity.toFixed(3))])).toEqual([
      ["A", 1],
      ["B", 0.8],
    ]);
    await run.used(claim, near[0]?.id ?? "", call());
    expect(await database.prisma.cachedAnswer.findFirst({ where: { question: "a" } })).toMatchObject({ hits: 1 });
  });
});

describe("many that ask the same at once", () => {
  it("wait for the one that works it out", async () => {
    const run = service();
    const first = claimOf(await run.find(asked("How long?"), call()));
    const others = Array.from({ length: 50 }, () => service().find(asked("How long?"), call()));
    await run.keep({ claim: first, outputs: { answer: "Two years." }, ...kept }, call());
    for (const result of await Promise.all(others))
      expect(result).toMatchObject({ kind: "hit", waited: true, answer: { outputs: { answer: "Two years." } } });
  });

  it("are let go where they are cancelled themselves", async () => {
    claimOf(await service().find(asked("How long?"), call()));
    const controller = new AbortController();
    const waiting = service().find(asked("How long?"), call(undefined, controller));
    controller.abort(new Error("cancelled"));
    await expect(waiting).rejects.toThrow("cancelled");
  });

  it("are not kept waiting by one that was cancelled", async () => {
    const controller = new AbortController();
    claimOf(await service().find(asked("And this?"), call(undefined, controller)));
    controller.abort();
    claimOf(await service().find(asked("And this?"), call()));
  });
});

describe("bounds", () => {
  it("hold for answers and bytes: those used longest ago go first", async () => {
    let second = 0;
    const run = service({}, () => new Date(Date.UTC(2026, 11, 1, 10, 0, second++)));
    for (const question of ["a", "b", "c"]) await answer(run, asked(question), question, { entries: 3 });
    expect(await found(run, asked("a"))).toBe("a");
    await answer(run, asked("d"), "d", { entries: 3 });
    const left = await database.prisma.cachedAnswer.findMany({
      orderBy: { question: "asc" },
      select: { question: true },
    });
    expect(left.map(({ question }) => question)).toEqual(["a", "c", "d"]);
    await answer(run, asked("e"), "x".repeat(500), { bytes: 540 });
    expect(await database.prisma.cachedAnswer.count()).toBeLessThan(4);
    expect(await found(run, asked("e"))).toBe("x".repeat(500));
  });

  it("questions and answers of any characters are kept", async () => {
    const run = service();
    const strange = "a\0b\ud800 中文 🙂";
    await answer(run, asked(strange), strange);
    expect(await found(run, asked(strange))).toBe(strange);
  });
});

describe("what is kept goes", () => {
  it("when it is cleared: of one step, or of one address", async () => {
    await answer(service(), asked("a"), "a");
    await answer(service({ deploymentId: "address-2" }), asked("a"), "a");
    const api = callerOf(database, owner);
    const { pipelineId } = base;
    expect(await api.answerCache.clear({ pipelineId, step: "cache-9" })).toEqual({ count: 0 });
    expect(await api.answerCache.clear({ pipelineId, deploymentId: "address-2" })).toEqual({ count: 1 });
    expect(await found(service(), asked("a"))).toBe("a");
  });

  it("when its user is erased, and only theirs", async () => {
    const mine = asked("Mine?", { scope: "user" });
    await answer(service(), mine, "seven", { user: "7" });
    await answer(service(), mine, "eight", { user: "8" });
    await callerOf(database, owner).conversation.eraseUser({ user: "7" });
    expect([await found(service(), mine, "7"), await found(service(), mine, "8")]).toEqual(["none", "eight"]);
    expect(await eraseConversations(database, { workspaceId: base.workspaceId, endUser: "8" })).toMatchObject({
      runs: 0,
    });
  });
});

describe("the threshold of pairs", () => {
  const pair = (similarity: number, same: boolean, guarded = false) => ({ similarity, same, guarded });

  it("stands in the middle of the gap, and says how sure that is", () => {
    const pairs = [pair(0.98, true), pair(0.95, true), pair(0.9, false), pair(0.6, false)];
    expect(separatePairs(pairs)).toMatchObject({
      threshold: 0.925,
      found: 2,
      same: 2,
      mistaken: 0,
      different: 2,
      gap: [0.9, 0.95],
    });
    // Two pairs without a mistake leave a share of up to two thirds open (Wilson).
    expect(separatePairs(pairs).mistakenAtMost).toBeCloseTo(0.658, 3);
  });

  it("lets go a pair that is the same and far, before it takes one that is not", () => {
    const pairs = [pair(0.97, true), pair(0.7, true), pair(0.92, false)];
    expect(separatePairs(pairs)).toMatchObject({ threshold: 0.945, found: 1, same: 2, mistaken: 0 });
  });

  it("does not count what numbers and negations keep apart", () => {
    expect(separatePairs([pair(0.9, true), pair(0.99, false, true), pair(0.6, false)])).toMatchObject({
      threshold: 0.75,
      found: 1,
      mistaken: 0,
      different: 2,
    });
  });

  it("is none where the nearest pair is one that is not the same, or nothing is the same", () => {
    expect(separatePairs([pair(0.9, true), pair(0.95, false)])).toMatchObject({ threshold: null, found: 0 });
    expect(separatePairs([pair(0.95, false)])).toMatchObject({ threshold: null });
    expect(separatePairs([])).toMatchObject({ threshold: null, mistakenAtMost: 1 });
  });

  it("lies on the grid of the control, above every pair that is not the same", () => {
    const { threshold } = separatePairs([pair(0.9412, true), pair(0.9388, false)]);
    expect(threshold).toBe(0.94);
  });
});
