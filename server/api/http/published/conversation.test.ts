import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GraphDocument } from "@/runtime/graph/document";
import { conversationLimits } from "@/runtime/node/conversation";
import { buildDocument } from "@/runtime/testing/build-document";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { claimTurn, releaseTurn } from "@/server/domain/conversation/claim-turn";
import { talkDocument } from "@/server/domain/conversation/conversation-fixture";
import { eraseConversations } from "@/server/domain/conversation/erase";
import { maySpeak } from "@/server/domain/conversation/room";
import { applyAllRetention } from "@/server/domain/retention/keep-retention";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import { recoverRuns } from "@/server/domain/run/recover-runs";
import { runWorkspace } from "@/server/domain/run/run-fixture";
import { foldRun, summaryOf } from "@/server/domain/run/run-record";
import { writeRuns } from "@/server/domain/run/write-runs";
import { readRunLog } from "@/server/domain/run-log/read-run-log";
import { windowsOf } from "@/server/domain/usage/usage-windows";
import type { Database } from "@/server/platform/db/database";
import { guardRoute } from "@/server/platform/route/route";
import { openTestDatabase } from "@/server/testing/test-database";
import { answerRun } from "./answer-run";
import { eraseConversation, eraseUser, readConversation } from "./conversations";

let database: Database;
let server: FakeOpenAiServer;
let house: Awaited<ReturnType<typeof runWorkspace>>;
let key: string;
let slug: string;
beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
  [database, server] = await Promise.all([openTestDatabase(), startFakeOpenAiServer()]);
  house = await runWorkspace(database, server.baseUrl, ["echo", "never", "error-401", "empty"]);
  ({ key } = await house.api.apiKey.create({ name: "Test" }));
  slug = await publish(talkDocument({ messages: 4 }));
});
afterAll(async () => {
  await liveRunsOf(database).settled();
  await Promise.all([database.close(), server.close()]);
});

const publish = async (document: GraphDocument) => {
  const { id: pipelineId } = await house.api.pipeline.create({ name: "Talk", document });
  const { slug: free } = await house.api.deployment.suggestSlug({ pipelineId });
  return (await house.api.deployment.publish({ pipelineId, revision: 1, slug: free })).slug;
};
const post = guardRoute({ auth: "api-key" }, answerRun, async () => database);
const say = async (text: string, more: object = {}, to = slug, bearer = key, signal?: AbortSignal) => {
  const request = new Request(`http://x/api/v1/pipelines/${to}/runs`, {
    method: "POST",
    headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
    body: JSON.stringify({ inputs: { text }, ...more }),
    ...(signal && { signal }),
  });
  const response = await post(request, { params: Promise.resolve({ slug: to }) });
  return { status: response.status, ...(await response.json()) };
};
const saidBefore = ({ outputs }: { outputs: { history: { content: string }[] } }) =>
  outputs.history.map(({ content }) => content);

describe("a conversation", () => {
  it("keeps no turn for a run that a limit refuses, and a turn that is refused counts against no limit", async () => {
    const { id, key: limited } = await house.api.apiKey.create({ name: "Limited", limits: { requestsPerMinute: 50 } });
    const own = { conversation_id: "limited" };
    expect(await say("One", own, slug, limited)).toMatchObject({ turn: 1 });
    const counted = async () => {
      const rows = await database.prisma.usageWindow.findMany({ where: { scope: `key:${id}` } });
      return rows.reduce((sum, { requests }) => sum + requests, 0);
    };
    const { conversationId } = await database.prisma.conversationTurn.findFirstOrThrow({
      where: { conversation: { name: "limited" } },
    });
    const busy = (busyRunId: string | null) =>
      database.prisma.conversation.update({
        where: { id: conversationId },
        data: { busyRunId, busySince: busyRunId === null ? null : new Date() },
      });
    await busy("another");
    expect((await say("Two", own, slug, limited)).status).toBe(409);
    expect(await counted()).toBe(1);
    await busy(null);
    await house.api.apiKey.setLimits({ id, limits: { requestsPerMinute: 50, tokensPerDay: 1 } });
    const [window] = windowsOf([{ scope: `key:${id}`, limits: { tokensPerDay: 1 } }], Date.now());
    await database.prisma.usageWindow.create({ data: { ...window, most: undefined, tokens: 5 } as never });
    expect((await say("Two", own, slug, limited)).error.code).toBe("limit-tokens");
    expect(await database.prisma.conversation.findUniqueOrThrow({ where: { id: conversationId } })).toMatchObject({
      busyRunId: null,
      lastTurn: 1,
    });
  });

  it("gets an id, and with it each turn remembers the ones before, also when they follow at once", async () => {
    const first = await say("I am Ada.");
    expect(first).toMatchObject({ status: "success", conversation_id: expect.any(String), turn: 1 });
    const { conversation_id } = first;
    expect(saidBefore(first)).toEqual([]);
    const second = await say("Who am I?", { conversation_id });
    expect(second).toMatchObject({ conversation_id, turn: 2 });
    expect(saidBefore(second)).toEqual(["I am Ada.", "I am Ada."]);
    const third = await say("And now?", { conversation_id });
    expect(third.turn).toBe(3);
    // Two messages a turn, four in all.
    expect(saidBefore(await say("Then?", { conversation_id }))).toEqual([
      "Who am I?",
      "Who am I?",
      "And now?",
      "And now?",
    ]);
    // The instructions stand once, first, however long it grows.
    const { body } = server.requests.at(-1) as { body: unknown };
    const { messages } = body as { messages: { role: string; content: string }[] };
    expect(messages.map(({ role }) => role)).toEqual(["system", "user", "assistant", "user", "assistant", "user"]);
  });

  it("of one user is never that of another, of another key, of another address, or of nobody, whatever it is called", async () => {
    await say("secret of Ada", { conversation_id: "session-1", user: "ada" });
    const { key: otherKey } = await house.api.apiKey.create({ name: "Other" });
    const elsewhere = await publish(talkDocument());
    for (const heard of [
      await say("?", { conversation_id: "session-1", user: "bob" }),
      await say("?", { conversation_id: "session-1" }),
      await say("?", { conversation_id: "session-1", user: "ada" }, slug, otherKey),
      await say("?", { conversation_id: "session-1", user: "ada" }, elsewhere),
    ]) {
      expect(heard.turn).toBe(1);
      expect(saidBefore(heard)).toEqual([]);
    }
    expect(saidBefore(await say("?", { conversation_id: "session-1", user: "ada" }))[0]).toBe("secret of Ada");
  });

  it("takes one turn at a time: of many at once one is answered, the others are refused and change nothing", async () => {
    const conversation_id = "at-once";
    const all = await Promise.all(Array.from({ length: 8 }, (_, index) => say(`m${index}`, { conversation_id })));
    const answered = all.filter(({ turn }) => turn !== undefined);
    const refused = all.filter(({ error }) => error !== undefined);
    expect(answered.length + refused.length).toBe(8);
    expect(refused.length).toBeGreaterThan(0);
    for (const { error } of refused) expect(error).toMatchObject({ code: "conversation-busy" });
    // In a row, without gap: no turn is lost, none has the place of another.
    expect(answered.map(({ turn }) => turn).sort()).toEqual(answered.map((_, index) => index + 1));
    const last = await say("last", { conversation_id });
    expect(last.turn).toBe(answered.length + 1);
  });

  it("is free again once a turn has failed, and keeps nothing of it, not even the question", async () => {
    const failing = await publish(talkDocument({}, "fake/error-401"));
    const conversation_id = "fails";
    expect((await say("one", { conversation_id }, failing)).error.code).toBeDefined();
    expect((await say("two", { conversation_id }, failing)).error.code).not.toBe("conversation-busy");
    await liveRunsOf(database).settled();
    const row = await database.prisma.conversation.findFirstOrThrow({
      where: { name: conversation_id },
      include: { turns: true },
    });
    expect(row).toMatchObject({ lastTurn: 0, runs: 2, busyRunId: null });
    for (const { number, question, answer } of row.turns) expect([number, question, answer]).toEqual([null, "", ""]);
  });

  it("is free again where a run never came to be stored", async () => {
    const asked = {
      owner: { workspaceId: house.owner.workspaceId, pipelineId: "", deploymentId: "d", apiKeyId: "k", memberId: null },
      name: "lost",
      user: "",
      spec: { message: "", answer: "", turns: 1, sinceSummary: false, masksPersonalData: false },
      standing: async () => "unknown" as const,
    };
    const { id: pipelineId } = await house.api.pipeline.create({ name: "Lost", document: talkDocument() });
    const owner = { ...asked.owner, pipelineId, deploymentId: null, memberId: house.owner.userId };
    const claim = (runId: string, now = new Date()) => claimTurn(database, { ...asked, owner, runId, now });
    expect((await claim("run-1")).ok).toBe(true);
    expect(await claim("run-2")).toEqual({ ok: false, error: { reason: "busy", runId: "run-1", waiting: false } });
    await releaseTurn(database, "run-1");
    expect((await claim("run-3")).ok).toBe(true);
    // Its process stopped before it could say so: not waited for any longer than two minutes.
    expect((await claim("run-4", new Date(Date.now() + 121_000))).ok).toBe(true);
  });

  it("keeps no turn without an answer", async () => {
    const document = talkDocument({ answer: "other" });
    const mute = await publish(document);
    const conversation_id = "mute";
    expect((await say("one", { conversation_id }, mute)).turn).toBe(1);
    expect((await say("two", { conversation_id }, mute)).turn).toBe(1);
  });

  it("is refused where the pipeline keeps none, and its id where it is too long or holds what cannot be shown", async () => {
    const pipelineId = await house.pipeline("echo");
    const suggested = await house.api.deployment.suggestSlug({ pipelineId });
    const { slug: plain } = await house.api.deployment.publish({ pipelineId, revision: 1, slug: suggested.slug });
    expect((await say("x", { inputs: { q: "x" }, conversation_id: "a" }, plain)).error.code).toBe("no-conversation");
    for (const conversation_id of ["", "x".repeat(conversationLimits.name + 1), "a\nb", "a\0", 7])
      expect((await say("x", { conversation_id })).error.code).toBe("request-invalid");
    expect((await say("x", { user: "" })).error.code).toBe("request-invalid");
  });

  it("keeps the beginning of a message that is too long, and says so", async () => {
    const conversation_id = "long";
    await say("y".repeat(50_000), { conversation_id });
    const [question] = saidBefore(await say("?", { conversation_id }));
    expect(question).toHaveLength(conversationLimits.message);
    expect(question?.endsWith(" […]")).toBe(true);
  });

  it("ends when it has had as many runs as it can", async () => {
    const conversation_id = "full";
    await say("x", { conversation_id });
    await liveRunsOf(database).settled();
    await database.prisma.conversation.updateMany({
      where: { name: conversation_id },
      data: { runs: conversationLimits.runs },
    });
    expect((await say("x", { conversation_id })).error.code).toBe("conversation-full");
  });

  it("masks personal data before it is kept, where it is told to", async () => {
    const masked = await publish(talkDocument({ masksPersonalData: true }));
    const conversation_id = "masked";
    await say("Write to ada@example.com", { conversation_id }, masked);
    const [question] = saidBefore(await say("?", { conversation_id }, masked));
    expect(question).not.toContain("ada@example.com");
    expect(question).toContain("Write to");
  });

  it("holds what a database cannot, as text without it", async () => {
    const conversation_id = "odd";
    await say("a\0b\ud800c", { conversation_id });
    expect(saidBefore(await say("?", { conversation_id }))[0]).toBe("ab\ufffdc");
  });

  it("is told in the log of its run: what was remembered; each turn is written once", async () => {
    const conversation_id = "logged";
    await say("one", { conversation_id });
    const { runId } = await say("two", { conversation_id });
    await liveRunsOf(database).settled();
    const [start] = await readRunLog(database, runId);
    if (start?.type !== "run-start") throw new Error("no start");
    expect(start.conversation).toMatchObject({ id: conversation_id, turn: 2, turns: [{ number: 1, question: "one" }] });
    const { turns } = await database.prisma.conversation.findFirstOrThrow({
      where: { name: conversation_id },
      include: { turns: true },
    });
    expect(turns.map(({ number }) => number).sort()).toEqual([1, 2]);
  });
});

describe("what was said", () => {
  it("is erased by conversation and by user, with the records of the runs", async () => {
    const first = await say("one", { conversation_id: "e1", user: "eve" });
    const second = await say("two", { conversation_id: "e2", user: "eve" });
    const kept = await say("three", { conversation_id: "e1", user: "mallory" });
    await liveRunsOf(database).settled();
    const { id } = await database.prisma.conversation.findFirstOrThrow({ where: { name: "e1", endUser: "eve" } });
    expect(await house.api.conversation.erase({ id })).toEqual({ conversations: 1, runs: 1, underWay: [] });
    expect(await house.api.conversation.eraseUser({ user: "eve" })).toEqual({
      conversations: 1,
      runs: 1,
      underWay: [],
    });
    const left = await database.prisma.run.findMany({
      where: { id: { in: [first.runId, second.runId, kept.runId] } },
      select: { id: true },
    });
    expect(left).toEqual([{ id: kept.runId }]);
    expect((await say("again", { conversation_id: "e1", user: "eve" })).turn).toBe(1);
  });

  it("is erased with the runs that were made from its runs: what failed and was run again, and what a draft took of them", async () => {
    const failing = await publish(talkDocument({}, "fake/error-401"));
    await say("said in a run that failed", { conversation_id: "again", user: "rita" }, failing);
    await liveRunsOf(database).settled();
    const row = await database.prisma.conversation.findFirstOrThrow({
      where: { name: "again" },
      include: { turns: true },
    });
    const [{ runId: first }] = row.turns as unknown as [{ runId: string }];
    const { runId: second } = await house.api.run.retry({ id: first });
    await liveRunsOf(database).settled();
    const { runId: third } = await house.api.run.retry({ id: second });
    await liveRunsOf(database).settled();
    const left = () => database.prisma.run.count({ where: { id: { in: [first, second, third] } } });
    expect(await left()).toBe(3);
    expect(await house.api.conversation.eraseUser({ user: "rita" })).toEqual({
      conversations: 1,
      runs: 3,
      underWay: [],
    });
    expect(await left()).toBe(0);
  });

  it("is erased also after it was forgotten, for as long as there are records of its runs", async () => {
    const { runId } = await say("forgotten words", { conversation_id: "gone", user: "fay" });
    await liveRunsOf(database).settled();
    const age = { where: { name: "gone" }, data: { lastTurnAt: new Date(Date.now() - 91 * 86_400_000) } };
    await database.prisma.conversation.updateMany(age);
    const forecast = await house.api.retention.forecast(await house.api.retention.get());
    expect(forecast.conversations).toBe(1);
    await applyAllRetention(database);
    const { turns, ...row } = await database.prisma.conversation.findFirstOrThrow({
      where: { name: "gone" },
      include: { turns: true },
    });
    expect(row).toMatchObject({ lastTurn: 0, summary: "", forgottenAt: expect.any(Date) });
    expect(turns).toEqual([expect.objectContaining({ runId, number: null, question: "", answer: "" })]);
    // Who speaks again begins anew.
    expect(saidBefore(await say("?", { conversation_id: "gone", user: "fay" }))).toEqual([]);
    await liveRunsOf(database).settled();
    await database.prisma.conversation.updateMany(age);
    await applyAllRetention(database);
    expect(await house.api.conversation.eraseUser({ user: "fay" })).toEqual({
      conversations: 1,
      runs: 2,
      underWay: [],
    });
    expect(await database.prisma.run.count({ where: { id: runId } })).toBe(0);
  });

  it("is let go of by a run that never came to be", async () => {
    const { workspaceId } = house.owner;
    const long = new Date(Date.now() - 121_000);
    await say("x", { conversation_id: "held" });
    await liveRunsOf(database).settled();
    const held = { where: { workspaceId, name: "held" } };
    await database.prisma.conversation.updateMany({
      ...held,
      data: { busyRunId: "never-stored", busySince: new Date() },
    });
    expect(await eraseConversations(database, { workspaceId, name: "held" })).toMatchObject({
      underWay: ["never-stored"],
    });
    await database.prisma.conversation.updateMany({
      ...held,
      data: { busySince: long, lastTurnAt: new Date(Date.now() - 91 * 86_400_000) },
    });
    await applyAllRetention(database);
    const [row] = await database.prisma.conversation.findMany(held);
    expect(row).toMatchObject({ busyRunId: null, forgottenAt: expect.any(Date) });
    await database.prisma.conversation.updateMany({ ...held, data: { busyRunId: "never-stored", busySince: long } });
    expect(await eraseConversations(database, { workspaceId, name: "held" })).toMatchObject({
      conversations: 1,
      underWay: [],
    });
  });

  it("makes room: calls that nobody went on with are forgotten first, and those who talk keep what they said", async () => {
    const { workspaceId } = house.owner;
    await say("once", { conversation_id: "single" });
    await say("one", { conversation_id: "talker" });
    await say("two", { conversation_id: "talker" });
    await liveRunsOf(database).settled();
    const hours = new Date(Date.now() - 2 * 3_600_000);
    await database.prisma.conversation.updateMany({
      where: { name: { in: ["single", "talker"] } },
      data: { lastTurnAt: hours },
    });
    const at = (minutes: number) => new Date(Date.now() + minutes * 60_000);
    expect(await maySpeak(database, workspaceId, { most: 1, now: at(2) })).toBe(false);
    const kept = await database.prisma.conversation.findMany({
      where: { name: { in: ["single", "talker"] }, forgottenAt: null },
    });
    expect(kept.map(({ name }) => name)).toEqual(["talker"]);
    expect(await maySpeak(database, workspaceId, { most: 1_000, now: at(4) })).toBe(true);
  });

  it("is not lost from sight by a turn that ends while it is erased", async () => {
    const { workspaceId } = house.owner;
    const { runId } = await say("one", { conversation_id: "race" });
    await liveRunsOf(database).settled();
    // A whole turn between the look and the erasure.
    const racing = {
      ...database,
      query: async (text: string, parameters?: unknown[]) => {
        if (text.includes('"gone"')) {
          await say("two", { conversation_id: "race" });
          await liveRunsOf(database).settled();
        }
        return database.query(text, parameters);
      },
    } as Database;
    const first = await eraseConversations(racing, { workspaceId, name: "race" });
    expect(first).toMatchObject({ conversations: 0, runs: 0 });
    expect(first.underWay).toHaveLength(1);
    expect(await eraseConversations(database, { workspaceId, name: "race" })).toMatchObject({
      conversations: 1,
      runs: 2,
    });
    expect(await database.prisma.run.count({ where: { id: runId } })).toBe(0);
  });

  it("stays while a turn is under way, which is told", async () => {
    const slow = await publish(talkDocument({}, "fake/never"));
    const gone = new AbortController();
    const waiting = say("x", { conversation_id: "busy" }, slow, key, gone.signal).catch(() => null);
    const busy = () => database.prisma.conversation.findFirst({ where: { name: "busy", busyRunId: { not: null } } });
    await expect.poll(busy).not.toBeNull();
    const { workspaceId, busyRunId } = (await busy()) as { workspaceId: string; busyRunId: string };
    expect(await eraseConversations(database, { workspaceId, name: "busy" })).toMatchObject({
      conversations: 0,
      underWay: [busyRunId],
    });
    expect((await say("y", { conversation_id: "busy" }, slow)).error).toMatchObject({
      code: "conversation-busy",
      runId: busyRunId,
    });
    liveRunsOf(database).get(busyRunId)?.cancel();
    await waiting;
    await liveRunsOf(database).settled();
    expect(await eraseConversations(database, { workspaceId, name: "busy" })).toMatchObject({
      conversations: 1,
      runs: 1,
    });
  });

  it("is forgotten so many days after the last turn", async () => {
    await say("old", { conversation_id: "old" });
    await say("new", { conversation_id: "new" });
    await liveRunsOf(database).settled();
    await database.prisma.conversation.updateMany({
      where: { name: "old" },
      data: { lastTurnAt: new Date(Date.now() - 91 * 86_400_000) },
    });
    await applyAllRetention(database);
    const remembered = await database.prisma.conversation.findMany({ where: { forgottenAt: null } });
    const names = remembered.map(({ name }) => name);
    expect(names).not.toContain("old");
    expect(names).toContain("new");
  });
});

describe("over the API", () => {
  const address = (id: string, user: string) => `http://x/api/v1/pipelines/${slug}/conversations/${id}?user=${user}`;
  const parameters = (conversationId: string) => ({ params: Promise.resolve({ slug, conversationId }) });
  const as = (bearer: string) => ({ headers: { authorization: `Bearer ${bearer}` } });

  it("a conversation is read and erased by whoever has it, and by nobody else", async () => {
    const read = guardRoute({ auth: "api-key" }, readConversation, async () => database);
    const erase = guardRoute({ auth: "api-key" }, eraseConversation, async () => database);
    await say("one", { conversation_id: "mine", user: "ada" });
    await liveRunsOf(database).settled();
    const { key: otherKey } = await house.api.apiKey.create({ name: "Another" });
    for (const [user, bearer] of [
      ["bob", key],
      ["ada", otherKey],
    ] as const) {
      expect((await read(new Request(address("mine", user), as(bearer)), parameters("mine"))).status).toBe(404);
      const request = new Request(address("mine", user), { method: "DELETE", ...as(bearer) });
      expect((await erase(request, parameters("mine"))).status).toBe(404);
    }
    const found = await read(new Request(address("mine", "ada"), as(key)), parameters("mine"));
    expect(await found.json()).toMatchObject({ conversation_id: "mine", turns: 1, latest: [{ question: "one" }] });
    const { key: blind } = await house.api.apiKey.create({ name: "Runs alone", mayRead: false });
    for (const { handler, at } of [
      { handler: erase, at: "mine" },
      { handler: guardRoute({ auth: "api-key" }, eraseUser, async () => database), at: "" },
    ]) {
      const asked = new Request(address(at, "ada"), { method: "DELETE", ...as(blind) });
      const refused = await handler(asked, parameters(at) as never);
      expect([refused.status, (await refused.json()).error.code]).toEqual([403, "key-not-permitted"]);
    }
    const request = new Request(address("mine", "ada"), { method: "DELETE", ...as(key) });
    expect(await (await erase(request, parameters("mine"))).json()).toEqual({
      conversations: 1,
      runs: 1,
      underWay: [],
    });
    expect((await read(new Request(address("mine", "ada"), as(key)), parameters("mine"))).status).toBe(404);
  });

  it("all of a user goes at once, where the user is named", async () => {
    const erase = guardRoute({ auth: "api-key" }, eraseUser, async () => database);
    const remove = async (query: string) => {
      const request = new Request(`http://x/api/v1/pipelines/${slug}/conversations${query}`, {
        method: "DELETE",
        ...as(key),
      });
      return erase(request, { params: Promise.resolve({ slug }) });
    };
    await say("one", { conversation_id: "u1", user: "una" });
    await say("two", { conversation_id: "u2", user: "una" });
    await liveRunsOf(database).settled();
    expect((await remove("")).status).toBe(400);
    expect((await remove("?user=")).status).toBe(400);
    expect(await (await remove("?user=una")).json()).toEqual({ conversations: 2, runs: 2, underWay: [] });
    expect((await remove("?user=una")).status).toBe(404);
  });
});

describe("in the editor", () => {
  it("a person goes on with a conversation of their own, and callers never meet it", async () => {
    const { id: pipelineId } = await house.api.pipeline.create({ name: "Draft", document: talkDocument() });
    const start = async (text: string, conversationId: string | null = null) => {
      const started = await house.api.run.start({ pipelineId, revision: 1, inputs: { text }, conversationId });
      await liveRunsOf(database).get(started.runId)?.finished;
      return started;
    };
    const { conversationId } = await start("one");
    expect(conversationId).toEqual(expect.any(String));
    const { runId } = await start("two", conversationId);
    const [first] = await readRunLog(database, runId);
    expect(first).toMatchObject({ conversation: { turn: 2, turns: [{ question: "one", answer: "one" }] } });
    expect((await start("three")).conversationId).not.toBe(conversationId);
    expect((await say("?", { conversation_id: conversationId })).turn).toBe(1);
  });

  it("is let go of by a run that waited for a person and was cancelled", async () => {
    const document = buildDocument(
      {
        question: { type: "io/input", config: { fields: [{ name: "text" }] } },
        talk: { type: "io/conversation" },
        person: { type: "flow/human-review", config: { title: "Look" } },
        answer: { type: "io/output", config: { outputs: [{ name: "answer" }, { name: "before" }] } },
      },
      ["question.text > person.value", "person.approved > answer.answer", "talk.transcript > answer.before"],
    );
    const { id: pipelineId } = await house.api.pipeline.create({ name: "Waits", document });
    const start = (conversationId: string | null) =>
      house.api.run.start({ pipelineId, revision: 1, inputs: { text: "x" }, conversationId });
    const { runId, conversationId } = await start(null);
    await liveRunsOf(database).settled();
    const busyWith = async () =>
      (await database.prisma.conversation.findFirstOrThrow({ where: { name: conversationId ?? "" } })).busyRunId;
    expect(await busyWith()).toBe(runId);
    await expect(start(conversationId)).rejects.toThrow("has not ended");
    await house.api.run.cancel({ id: runId });
    expect(await busyWith()).toBeNull();
  });

  it("is let go of by a run that was given up because the app stopped too often", async () => {
    const { id: pipelineId } = await house.api.pipeline.create({ name: "Stops", document: talkDocument() });
    const first = await house.api.run.start({ pipelineId, revision: 1, inputs: { text: "x" } });
    await liveRunsOf(database).settled();
    const { revisionId } = await database.prisma.run.findUniqueOrThrow({ where: { id: first.runId } });
    const [begun] = await readRunLog(database, first.runId);
    if (begun?.type !== "run-start" || begun.conversation === undefined) throw new Error("no conversation");
    const { workspaceId, userId } = house.owner;
    const run = {
      id: "run-that-stops",
      workspaceId,
      pipelineId,
      revisionId,
      deploymentId: null,
      apiKeyId: null,
      userId,
      trigger: "editor",
    } as const;
    const events = [{ ...begun, runId: run.id }];
    await database.prisma.conversation.update({
      where: { id: begun.conversation.key },
      data: { busyRunId: run.id, busySince: new Date() },
    });
    await writeRuns(database, [{ run, isNew: true, events, summary: summaryOf(foldRun(events)) }]);
    await database.query(`UPDATE "Run" SET "resumedAt" = '{1,2,3}', "leaseUntil" = NULL WHERE "id" = $1`, [run.id]);
    await recoverRuns(database);
    const row = await database.prisma.conversation.findUniqueOrThrow({ where: { id: begun.conversation.key } });
    expect(row).toMatchObject({ busyRunId: null, lastTurn: 1 });
  });
});
