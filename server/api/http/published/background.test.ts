import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { backgroundLimits } from "@/server/domain/background-run/background-limits";
import { runQueueOf } from "@/server/domain/background-run/run-queue";
import { settleRuns } from "@/server/domain/background-run/settle-runs";
import { talkDocument } from "@/server/domain/conversation/conversation-fixture";
import { eraseConversations } from "@/server/domain/conversation/erase";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import { foldRun } from "@/server/domain/run/run-record";
import { readRunLog } from "@/server/domain/run-log/read-run-log";
import { publishedFixture } from "./published-fixture";

let house: Awaited<ReturnType<typeof publishedFixture>>;
beforeAll(async () => {
  house = await publishedFixture(["echo", "never", "error-401"]);
});
afterAll(() => house.close());

const ended = async (slug: string, runId: string) => {
  let answer: Record<string, unknown> = {};
  await vi.waitFor(
    async () => {
      answer = await (await house.get(slug, runId)).json();
      expect(["queued", "running"]).not.toContain(answer.status);
    },
    { timeout: 20_000 },
  );
  return answer;
};

describe("a run in the background", () => {
  it("is accepted at once, asked for by its address, and answers what a call would have", async () => {
    const { slug } = await house.publish("echo");
    const accepted = await house.post(slug, { inputs: { q: "Hi" }, background: true });
    expect(accepted.status).toBe(202);
    const body = await accepted.json();
    expect(body).toEqual({
      runId: expect.any(String),
      status: "queued",
      statusUrl: expect.stringMatching(new RegExp(`/api/v1/pipelines/${slug}/runs/${body.runId}$`)),
      eventsUrl: `${body.statusUrl}/events`,
      cancelUrl: `${body.statusUrl}/cancel`,
    });
    expect(accepted.headers.get("location")).toBe(body.statusUrl);
    expect(await ended(slug, body.runId)).toMatchObject({
      runId: body.runId,
      status: "success",
      outputs: { answer: "Result: Answer: Hi" },
      finishReason: "stop",
      usage: { inputTokens: expect.any(Number), outputTokens: expect.any(Number) },
    });
    // Its end is told as soon as it is there, and stored behind that.
    const stored = { way: "background", trigger: "api", status: "success" };
    await vi.waitFor(
      async () =>
        expect(await house.database.prisma.run.findUniqueOrThrow({ where: { id: body.runId } })).toMatchObject(stored),
      { timeout: 20_000 },
    );
    await settleRuns(house.database);
    expect(await house.database.prisma.backgroundRun.count({ where: { id: body.runId } })).toBe(0);
  });

  it("is asked for by a header, too, and says that it was obeyed", async () => {
    const { slug } = await house.publish("echo");
    const accepted = await house.post(slug, { inputs: { q: "Hi" } }, { prefer: "wait=5, respond-async" });
    expect(accepted.status).toBe(202);
    expect(accepted.headers.get("preference-applied")).toBe("respond-async");
    await ended(slug, (await accepted.json()).runId);
  });

  it("refuses what cannot be, before it is accepted", async () => {
    const { slug } = await house.publish("echo");
    const streamed = await house.post(slug, { inputs: { q: "Hi" }, background: true, stream: true });
    expect(streamed.status).toBe(400);
    const wrong = await house.post(slug, { inputs: { z: 1 }, background: true });
    expect((await wrong.json()).error.code).toBe("input-invalid");
    expect((await house.post(slug, { inputs: { q: "Hi" }, background: "yes" })).status).toBe(400);
  });

  it("says what went wrong where it fails, and belongs to the key that started it", async () => {
    const { slug } = await house.publish("error-401");
    const { runId } = await (await house.post(slug, { inputs: { q: "Hi" }, background: true })).json();
    expect(await ended(slug, runId)).toMatchObject({ status: "failure", error: { code: "model-unauthorized" } });
    const { key: other } = await house.api.apiKey.create({ name: "Other" });
    expect((await house.get(slug, runId, other)).status).toBe(404);
    expect((await house.cancel(slug, runId, other)).status).toBe(404);
  });

  it("tells a key that may not read runs the status alone when it cancels one that has ended", async () => {
    const { slug } = await house.publish("echo");
    const { key } = await house.api.apiKey.create({ name: "In a page", mayRead: false });
    const { runId } = await (
      await house.post(slug, { inputs: { q: "Hi" }, background: true }, { authorization: `Bearer ${key}` })
    ).json();
    await vi.waitFor(
      async () =>
        expect(await (await house.cancel(slug, runId, key)).json()).toEqual({
          runId,
          status: expect.stringMatching(/success|aborted/),
        }),
      { timeout: 20_000 },
    );
    expect((await house.get(slug, runId, key)).status).toBe(403);
  });

  it("goes on when whoever watched it has gone", async () => {
    const { slug } = await house.publish("never");
    const { runId, eventsUrl } = await (await house.post(slug, { inputs: { q: "Hi" }, background: true })).json();
    await vi.waitFor(() => expect(liveRunsOf(house.database).get(runId)).toBeDefined(), { timeout: 20_000 });
    const left = new AbortController();
    const events = await fetch(house.origin + new URL(eventsUrl).pathname, {
      headers: { authorization: `Bearer ${house.key}` },
      signal: left.signal,
    });
    await events.body?.getReader().read();
    left.abort();
    const live = liveRunsOf(house.database).get(runId);
    expect(live?.outlivesCallers).toBe(true);
    expect(await (await house.cancel(slug, runId)).json()).toMatchObject({ status: "aborted" });
    expect(await (await house.cancel(slug, runId)).json()).toMatchObject({ status: "aborted" });
  });

  it("waits for its turn where places are taken, can be cancelled there, and lets another key's through", async () => {
    const { slug } = await house.publish("never");
    const quick = await house.publish("echo");
    const start = async (name: string, bearer: string) =>
      (await (await house.post(name, { inputs: { q: "Hi" }, background: true }, {}, bearer)).json()).runId as string;
    const { key: greedy } = await house.api.apiKey.create({ name: "Greedy" });
    const ids: string[] = [];
    for (let number = 0; number < backgroundLimits.atOnce + 3; number++) ids.push(await start(slug, greedy));
    await runQueueOf(house.database).idle();
    const last = ids.at(-1) as string;
    expect(await (await house.get(slug, last, greedy)).json()).toEqual({ runId: last, status: "queued" });
    expect(await (await house.cancel(slug, last, greedy)).json()).toMatchObject({
      status: "aborted",
      error: { code: "aborted" },
    });
    expect(liveRunsOf(house.database).get(last)).toBeUndefined();
    // None of the greedy key's runs ends, and yet there is a place for another's.
    const other = await start(quick.slug, house.key);
    expect(await ended(quick.slug, other)).toMatchObject({ status: "success" });
    expect((await (await house.get(slug, ids.at(-2) as string, greedy)).json()).status).toBe("queued");
    for (const id of ids.toReversed()) await house.cancel(slug, id, greedy);
  });

  it.each<[string, string, (id: { readonly key: string; readonly deployment: string }) => Promise<unknown>]>([
    ["key is revoked", "API key was revoked", ({ key }) => house.api.apiKey.revoke({ id: key })],
    [
      "key expires",
      "API key expired",
      ({ key: id }) => house.database.prisma.apiKey.update({ where: { id }, data: { expiresAt: new Date(0) } }),
    ],
    ["address is paused", "paused", ({ deployment: id }) => house.api.deployment.setActive({ id, active: false })],
    [
      "pipeline is deleted",
      "deleted",
      ({ deployment: id }) =>
        house.database.prisma.deployment.update({
          where: { id },
          data: { pipeline: { update: { deletedAt: new Date() } } },
        }),
    ],
  ])("does not begin where its %s while it waits, and says so", async (_, reason, close) => {
    const { id: deploymentId, pipeline } = await house.publish("echo");
    const { id: apiKeyId } = await house.api.apiKey.create({ name: "Waits" });
    const { revisionId } = await house.database.prisma.deployment.findUniqueOrThrow({ where: { id: deploymentId } });
    await close({ key: apiKeyId, deployment: deploymentId });
    const id = `closed-${deploymentId}`;
    const inputs = JSON.stringify({ q: "Hi" });
    await house.database.prisma.backgroundRun.create({
      data: {
        id,
        workspaceId: house.owner.workspaceId,
        deploymentId,
        pipelineId: pipeline.id,
        revisionId,
        apiKeyId,
        inputs,
        inputBytes: inputs.length,
      },
    });
    runQueueOf(house.database).wake();
    await runQueueOf(house.database).idle();
    expect(await house.database.prisma.run.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: "aborted" });
    const { error } = foldRun(await readRunLog(house.database, id));
    expect(error).toMatchObject({ code: "aborted", message: expect.stringContaining(reason) });
  });

  it("is refused where the key has as many waiting as it may", async () => {
    const { slug } = await house.publish("echo");
    const { id: apiKeyId, key } = await house.api.apiKey.create({ name: "Full" });
    const { id: deploymentId, pipeline } = await house.publish("echo");
    const { revisionId } = await house.database.prisma.deployment.findUniqueOrThrow({ where: { id: deploymentId } });
    const { workspaceId } = house.owner;
    // Begun ones do not count, so they are told from those that wait by a revision that nobody takes up here.
    await house.database.prisma.backgroundRun.createMany({
      data: Array.from({ length: backgroundLimits.waitingOfKey }, (_, index) => ({
        id: `full-${index}`,
        workspaceId,
        deploymentId,
        pipelineId: pipeline.id,
        revisionId,
        apiKeyId,
        inputs: "{}",
        inputBytes: 2,
      })),
    });
    const refused = await house.post(slug, { inputs: { q: "Hi" }, background: true }, {}, key);
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("10");
    expect((await refused.json()).error.code).toBe("queue-full");
    await house.database.prisma.backgroundRun.deleteMany({ where: { apiKeyId } });

    const many = Array.from({ length: backgroundLimits.waitingOfWorkspace }, (_, index) => ({
      id: `full-${index}`,
      workspaceId,
      deploymentId,
      pipelineId: pipeline.id,
      revisionId,
      apiKeyId: `key-${index % 10}`,
      inputs: "{}",
      inputBytes: 2,
    }));
    await house.database.prisma.backgroundRun.createMany({ data: many });
    const beyond = await house.post(slug, { inputs: { q: "Hi" }, background: true }, {}, key);
    expect((await beyond.json()).error.code).toBe("queue-full");
    await house.database.prisma.backgroundRun.deleteMany({ where: { id: { startsWith: "full-" } } });
  });
});

describe("a turn of a conversation in the background", () => {
  const conversation_id = "behind";
  const say = async (slug: string, text: string, more: object = {}, bearer = house.key) =>
    (await house.post(slug, { inputs: { text }, conversation_id, ...more }, {}, bearer)).json();
  const saidBefore = ({ outputs }: Record<string, unknown>) =>
    (outputs as { history: { content: string }[] }).history.map(({ content }) => content);

  it("is taken when it is accepted, remembers what was said before, and is remembered", async () => {
    const { slug } = await house.publishDocument("Talk", talkDocument({ messages: 8 }));
    expect(await say(slug, "I am Ada.")).toMatchObject({ turn: 1 });
    const accepted = await say(slug, "Who am I?", { background: true });
    expect(accepted).toMatchObject({ status: "queued", conversation_id, turn: 2 });
    const answer = await ended(slug, accepted.runId);
    expect(answer).toMatchObject({ status: "success", conversation_id, turn: 2 });
    expect(saidBefore(answer)).toEqual(["I am Ada.", "I am Ada."]);
    const next = await say(slug, "And now?");
    expect(next.turn).toBe(3);
    expect(saidBefore(next)).toEqual(["I am Ada.", "I am Ada.", "Who am I?", "Who am I?"]);
    const begun = await say(slug, "Alone", { background: true, conversation_id: undefined });
    expect(begun).toMatchObject({ conversation_id: expect.any(String), turn: 1 });
    await ended(slug, begun.runId);
  });

  it("keeps others out while it waits for its place, however long, and lets go of it where it is cancelled there", async () => {
    const { slug } = await house.publishDocument("Talk", talkDocument({ messages: 8 }));
    const slow = await house.publish("never");
    const { key: greedy } = await house.api.apiKey.create({ name: "Greedy talker" });
    const ids: string[] = [];
    for (let number = 0; number < backgroundLimits.atOnce; number++) {
      const started = await house.post(slow.slug, { inputs: { q: "Hi" }, background: true }, {}, greedy);
      ids.push((await started.json()).runId);
    }
    await runQueueOf(house.database).idle();
    const { runId } = await say(slug, "Later", { background: true }, greedy);
    expect(await (await house.get(slug, runId, greedy)).json()).toEqual({
      runId,
      status: "queued",
      conversation_id,
      turn: 1,
    });
    const held = await house.database.prisma.conversation.findFirstOrThrow({ where: { busyRunId: runId } });
    await house.database.prisma.conversation.update({ where: { id: held.id }, data: { busySince: new Date(0) } });
    expect((await say(slug, "Now", {}, greedy)).error).toMatchObject({ code: "conversation-busy", runId });
    expect(await eraseConversations(house.database, { workspaceId: held.workspaceId, id: held.id })).toMatchObject({
      conversations: 0,
      underWay: [runId],
    });
    await house.cancel(slug, runId, greedy);
    expect(await say(slug, "Now", {}, greedy)).toMatchObject({ status: "success", turn: 1 });
    for (const id of ids) await house.cancel(slow.slug, id, greedy);
  });

  it("gives its turn back where it cannot be accepted", async () => {
    const { slug, id: deploymentId, pipeline } = await house.publishDocument("Talk", talkDocument());
    const { id: apiKeyId, key } = await house.api.apiKey.create({ name: "Full talker" });
    const { revisionId } = await house.database.prisma.deployment.findUniqueOrThrow({ where: { id: deploymentId } });
    await house.database.prisma.backgroundRun.createMany({
      data: Array.from({ length: backgroundLimits.waitingOfKey }, (_, index) => ({
        id: `full-talk-${index}`,
        workspaceId: house.owner.workspaceId,
        deploymentId,
        pipelineId: pipeline.id,
        revisionId,
        apiKeyId,
        inputs: "{}",
        inputBytes: 2,
      })),
    });
    expect((await say(slug, "Later", { background: true }, key)).error.code).toBe("queue-full");
    await house.database.prisma.backgroundRun.deleteMany({ where: { apiKeyId } });
    expect(await say(slug, "Now", {}, key)).toMatchObject({ turn: 1 });
  });
});
