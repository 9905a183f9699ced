import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { initialRunState, reduceAll } from "@/runtime/run/reduce";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import { readRunLog } from "@/server/domain/run-log/read-run-log";
import type { Database } from "@/server/platform/db/database";
import { openTestDatabase } from "@/server/testing/test-database";
import { decide } from "./decide";
import { escalateTasks, expireTasks } from "./expire-tasks";
import { inboxWorkspace } from "./inbox-fixture";
import { readerOf } from "./reader-of";

let database: Database;
let house: Awaited<ReturnType<typeof inboxWorkspace>>;
let simple = "";

beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
  database = await openTestDatabase();
  house = await inboxWorkspace(database);
  simple = await house.pipeline({});
});
afterAll(() => database.close());

const foldOf = async (runId: string) => reduceAll(initialRunState, await readRunLog(database, runId));
const taskOf = (id: string) => database.prisma.inboxTask.findUniqueOrThrow({ where: { id } });
const approve = { action: "approve", note: "" } as const;

describe("a run that waits", () => {
  it("is let go of: not in memory, its row says so, and its task is in the inbox of whoever is asked", async () => {
    const { runId, id } = await house.waiting(simple);
    expect(liveRunsOf(database).get(runId)).toBeUndefined();
    expect((await house.ended(runId)).status).toBe("paused");
    const { items } = await house.as(house.editor).inbox.list({ mine: true });
    expect(items.find((item) => item.id === id)).toMatchObject({
      title: "Look at this",
      state: "open",
      mayAnswer: true,
    });
    const { items: ofViewer } = await house.as(house.viewer).inbox.list({ mine: true });
    expect(ofViewer.find((item) => item.id === id)).toBeUndefined();
  });

  it("goes on with the answer from where it was", async () => {
    const { runId, id } = await house.waiting(simple);
    expect(await house.as(house.editor).inbox.decide({ id, ...approve })).toMatchObject({
      state: "approved",
      missing: 0,
    });
    expect((await house.ended(runId)).status).toBe("success");
    const state = await foldOf(runId);
    expect(state.outputs).toMatchObject({ answer: "We are sorry", review: { outcome: "approved", edited: false } });
    const log = await readRunLog(database, runId);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index));
    expect(log.filter(({ type }) => type === "run-resumed")).toHaveLength(1);
  });

  it("survives that everything stops between the decision and its going on", async () => {
    const { runId, id } = await house.waiting(simple);
    const answer = {
      outcome: "approved",
      value: "late",
      edited: true,
      form: {},
      note: "",
      by: ["Ada"],
      at: new Date().toISOString(),
    };
    await database.prisma.inboxTask.update({
      where: { id },
      data: { state: "approved", answer: JSON.stringify(answer), decidedAt: new Date() },
    });
    await house.restart();
    expect((await house.ended(runId)).status).toBe("success");
    expect((await foldOf(runId)).outputs).toMatchObject({ answer: "late" });
    await house.restart();
    expect((await readRunLog(database, runId)).filter(({ type }) => type === "run-resumed")).toHaveLength(1);
  });

  it("survives that everything stops after it was told to go on and before anybody took it up, without a mark against it", async () => {
    const { runId, id } = await house.waiting(simple);
    const { resumeRun } = await import("@/server/domain/run/pause/resume-run");
    const answer = {
      outcome: "approved",
      value: "x",
      edited: false,
      form: {},
      note: "",
      by: [],
      at: new Date().toISOString(),
    };
    await database.prisma.inboxTask.update({
      where: { id },
      data: { state: "approved", answer: JSON.stringify(answer), decidedAt: new Date() },
    });
    expect(await resumeRun(database, runId)).toBe(true);
    expect(await resumeRun(database, runId)).toBe(false);
    await house.restart();
    expect(await house.ended(runId)).toMatchObject({ status: "success", resumedAt: [] });
  });

  it("goes on once, however many decide at the same moment", async () => {
    const { runId, id } = await house.waiting(simple);
    const people = [house.owner, house.editor, house.second];
    const results = await Promise.allSettled(
      Array.from({ length: 12 }, (_, index) => {
        const member = people[index % 3] as typeof house.owner;
        return house.as(member).inbox.decide({ id, action: index % 2 === 0 ? "approve" : "reject", note: "" });
      }),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await house.ended(runId);
    expect((await readRunLog(database, runId)).filter(({ type }) => type === "run-resumed")).toHaveLength(1);
    expect(await database.prisma.inboxDecision.count({ where: { taskId: id } })).toBe(1);
  });

  it("is cancelled with its task, and an answer after that is refused politely", async () => {
    const { runId, id } = await house.waiting(simple);
    expect(await house.api.run.cancel({ id: runId })).toEqual({ status: "aborted" });
    expect((await taskOf(id)).state).toBe("withdrawn");
    expect((await foldOf(runId)).status).toBe("aborted");
    await expect(house.api.inbox.decide({ id, ...approve })).rejects.toThrow(
      "The run has ended meanwhile or went on without",
    );
    await house.restart();
    expect((await house.ended(runId)).status).toBe("aborted");
  });

  it("is not taken up by a restart before somebody has answered", async () => {
    const { runId } = await house.waiting(simple);
    await house.restart();
    expect(liveRunsOf(database).get(runId)).toBeUndefined();
    expect(await house.ended(runId)).toMatchObject({ status: "paused", resumedAt: [] });
  });
});

describe("an answer", () => {
  it("sent twice counts once, and the second hears what was decided", async () => {
    const { id } = await house.waiting(simple);
    await house.api.inbox.decide({ id, action: "reject", note: "no" });
    await expect(house.as(house.editor).inbox.decide({ id, ...approve })).rejects.toThrow(
      "This was rejected already; the first answer counts.",
    );
  });

  it("of somebody who is not asked is refused, an owner's never", async () => {
    const pipelineId = await house.pipeline({ emails: ["person-unknown@example.com"] });
    const { id } = await house.waiting(pipelineId);
    await expect(house.as(house.editor).inbox.decide({ id, ...approve })).rejects.toThrow(
      "This is for others to answer.",
    );
    expect((await taskOf(id)).state).toBe("open");
    await house.api.inbox.decide({ id, ...approve });
  });

  it("of whoever is named by address is taken, also from a viewer", async () => {
    const { email } = await database.prisma.user.findUniqueOrThrow({ where: { id: house.viewer.userId } });
    const { id } = await house.waiting(
      await house.pipeline({ emails: [email.toUpperCase()], masksPersonalData: false }),
    );
    expect(await house.as(house.viewer).inbox.decide({ id, ...approve })).toMatchObject({ state: "approved" });
  });

  it("that rejects takes the other branch, with the words", async () => {
    const { runId, id } = await house.waiting(simple);
    await house.api.inbox.decide({ id, action: "reject", note: "too harsh" });
    await house.ended(runId);
    expect((await foldOf(runId)).outputs).toMatchObject({ refused: "We are sorry", review: { note: "too harsh" } });
  });

  it("edits what may be edited, and nothing else", async () => {
    const { id: fixed } = await house.waiting(simple);
    await expect(house.api.inbox.decide({ id: fixed, ...approve, value: "other" })).rejects.toThrow("not changed");
    const { runId, id } = await house.waiting(await house.pipeline({ kind: "edit" }));
    await expect(house.api.inbox.decide({ id, ...approve, value: { no: "text" } })).rejects.toThrow(
      "It has to stay what it was",
    );
    await expect(house.api.inbox.decide({ id, ...approve, value: "x".repeat(200_001) })).rejects.toThrow("longer than");
    await expect(house.api.inbox.decide({ id, ...approve, value: "nul \0" })).rejects.toThrow();
    await house.api.inbox.decide({ id, ...approve, value: "We are very sorry" });
    await house.ended(runId);
    expect((await foldOf(runId)).outputs).toMatchObject({ answer: "We are very sorry", review: { edited: true } });
  });

  it("chooses one of the options", async () => {
    const { runId, id } = await house.waiting(await house.pipeline({ kind: "choose", options: ["a", "b"] }));
    await expect(house.api.inbox.decide({ id, ...approve })).rejects.toThrow("Choose one of the options.");
    await expect(house.api.inbox.decide({ id, ...approve, value: "c" })).rejects.toThrow("Choose one of the options.");
    await house.api.inbox.decide({ id, ...approve, value: "b" });
    await house.ended(runId);
    expect((await foldOf(runId)).outputs).toMatchObject({ answer: "b" });
  });

  it("fills in the form that was asked for; one that lies is refused and nothing is lost", async () => {
    const form = {
      type: "object",
      properties: { amount: { type: "number", maximum: 100 } },
      required: ["amount"],
      additionalProperties: false,
    };
    const { id } = await house.waiting(await house.pipeline({ kind: "form", form }));
    for (const [lie, why] of [
      [{}, "amount is missing"],
      [{ amount: "3" }, "amount must be a number"],
      [{ amount: 101 }, "amount must be at most 100"],
      [{ amount: 3, role: "owner" }, "role is not a known field"],
    ] as const)
      await expect(house.api.inbox.decide({ id, ...approve, form: lie })).rejects.toThrow(why);
    expect((await taskOf(id)).state).toBe("open");
    expect(await house.api.inbox.decide({ id, ...approve, form: { amount: 3 } })).toMatchObject({ state: "approved" });
  }, 60_000);

  it("is kept from others while somebody has it open", async () => {
    const { id } = await house.waiting(simple);
    expect(await house.as(house.editor).inbox.reserve({ id, reserve: true })).toEqual({ id, isReserved: true });
    expect(await house.as(house.second).inbox.reserve({ id, reserve: true })).toEqual({ id, isReserved: false });
    await expect(house.as(house.second).inbox.decide({ id, ...approve })).rejects.toThrow(
      "by somebody else at this moment",
    );
    await database.prisma.inboxTask.update({ where: { id }, data: { reservedUntil: new Date(0) } });
    expect(await house.as(house.second).inbox.decide({ id, ...approve })).toMatchObject({ state: "approved" });
  });

  it("is given to many at once, each for itself", async () => {
    const [one, two] = [await house.waiting(simple), await house.waiting(simple)];
    await house.api.inbox.decide({ id: two.id, ...approve });
    const { results } = await house.api.inbox.decideMany({ ids: [one.id, two.id, one.id], action: "approve" });
    expect(results).toEqual([
      { id: one.id, message: null },
      { id: two.id, message: "This was approved already; the first answer counts." },
    ]);
    await expect(
      house.api.inbox.decideMany({ ids: Array.from({ length: 101 }, (_, index) => `${index}`), action: "approve" }),
    ).rejects.toThrow();
  });
});

describe("two people", () => {
  it("have to be two, and an edit asks the first again", async () => {
    const { runId, id } = await house.waiting(await house.pipeline({ kind: "edit", reviewers: 2 }));
    expect(await house.as(house.editor).inbox.decide({ id, ...approve })).toMatchObject({ state: "open", missing: 1 });
    await expect(house.as(house.editor).inbox.decide({ id, ...approve })).rejects.toThrow(
      "You have approved this already",
    );
    expect((await house.ended(runId)).status).toBe("paused");
    expect(await house.as(house.second).inbox.decide({ id, ...approve, value: "Better" })).toMatchObject({
      state: "open",
      missing: 1,
    });
    expect((await house.as(house.editor).inbox.get({ id })).proposal).toBe("Better");
    expect(await house.as(house.editor).inbox.decide({ id, ...approve })).toMatchObject({
      state: "approved",
      missing: 0,
    });
    await house.ended(runId);
    expect((await foldOf(runId)).outputs).toMatchObject({ answer: "Better" });
    expect((await foldOf(runId)).outputs).toMatchObject({ review: { by: [expect.any(String), expect.any(String)] } });
  });

  it("may not be whoever started it or made it, also an owner", async () => {
    const pipelineId = await house.pipeline({ excludesAuthor: true });
    const { id } = await house.waiting(pipelineId, "x", house.editor);
    await expect(house.as(house.editor).inbox.decide({ id, ...approve })).rejects.toThrow("Whoever made or started");
    expect((await house.as(house.editor).inbox.get({ id })).obstacle).toBe("author");
    expect(await house.as(house.second).inbox.decide({ id, ...approve })).toMatchObject({ state: "approved" });
    const { id: own } = await house.waiting(pipelineId, "y", house.owner);
    await expect(house.api.inbox.decide({ id: own, ...approve })).rejects.toThrow("Whoever made or started");
  });
});

describe("time", () => {
  it("that runs out takes its own branch, once, and an answer is too late from then on", async () => {
    const { runId, id } = await house.waiting(await house.pipeline({ dueMinutes: 1 }));
    const later = new Date(Date.now() + 61_000);
    const reviewer = await readerOf(database, house.owner);
    expect(
      await decide(database, house.owner.workspaceId, id, { reviewer, decision: approve, via: "api" }, later),
    ).toMatchObject({
      ok: false,
      error: { reason: "late" },
    });
    expect(await expireTasks(database, new Date())).toBe(0);
    expect(await Promise.all([expireTasks(database, later), expireTasks(database, later)])).toEqual(
      expect.arrayContaining([1, 0]),
    );
    await house.ended(runId);
    expect((await foldOf(runId)).outputs).toMatchObject({ late: "We are sorry", review: { outcome: "timed-out" } });
    await expect(house.api.inbox.decide({ id, ...approve })).rejects.toThrow("the run went on without");
  });

  it("asks the next role after a while, once", async () => {
    const { id } = await house.waiting(
      await house.pipeline({ role: "owner", escalateMinutes: 1, escalateTo: "editor" }),
    );
    await expect(house.as(house.editor).inbox.decide({ id, ...approve })).rejects.toThrow("for others");
    const later = new Date(Date.now() + 61_000);
    expect(await escalateTasks(database, later)).toEqual([id]);
    expect(await escalateTasks(database, later)).toEqual([]);
    expect(await house.as(house.editor).inbox.decide({ id, ...approve })).toMatchObject({ state: "approved" });
  });
});

describe("what is shown", () => {
  it("hides personal data from viewers, who cannot edit it then; editors see it", async () => {
    const { email } = await database.prisma.user.findUniqueOrThrow({ where: { id: house.viewer.userId } });
    const pipelineId = await house.pipeline({ kind: "edit", emails: [email] });
    const { id } = await house.waiting(pipelineId, "Write to ada@example.com, card 4111 1111 1111 1111");
    const seen = await house.as(house.viewer).inbox.get({ id });
    expect(JSON.stringify(seen)).not.toContain("ada@example.com");
    expect(JSON.stringify(seen)).not.toContain("4111");
    expect(seen.isMasked).toBe(true);
    expect((await house.as(house.editor).inbox.get({ id })).value).toContain("ada@example.com");
    await expect(house.as(house.viewer).inbox.decide({ id, ...approve, value: "[EMAIL_1]" })).rejects.toThrow(
      "masked for you",
    );
    expect(await house.as(house.viewer).inbox.decide({ id, ...approve })).toMatchObject({ state: "approved" });
  });

  it("becomes a dataset: each edit a row of question, answer and correction, once", async () => {
    const pipelineId = await house.pipeline({ kind: "edit", reviewers: 1 });
    const edit = async (q: string, value: string) => {
      const { runId, id } = await house.waiting(pipelineId, q);
      await house.api.inbox.decide({ id, ...approve, value });
      await house.ended(runId);
      return runId;
    };
    await expect(house.api.inbox.toDataset({ pipelineId })).rejects.toThrow("There is no correction");
    await edit("As it was", "As it was");
    const runId = await edit("Sory", "Sorry");
    await edit("x".repeat(4_000), "\n".repeat(199_000));
    const { datasetId, rows, leftOut } = await house.api.inbox.toDataset({ pipelineId });
    expect({ rows, leftOut }).toEqual({ rows: 1, leftOut: 1 });
    const { rows: kept } = await house.api.dataset.rows({ id: datasetId });
    expect(kept).toMatchObject([
      { inputs: { question: "Sory", answer: "Sory" }, expected: { correction: "Sorry" }, source: "feedback", runId },
    ]);
    await expect(house.api.inbox.toDataset({ pipelineId })).rejects.toThrow("There is no correction");
    await edit("Dera", "Dear");
    expect(await house.api.inbox.toDataset({ pipelineId })).toMatchObject({ datasetId, rows: 1 });
    await expect(house.as(house.viewer).inbox.toDataset({ pipelineId })).rejects.toThrow('needs the role "editor"');
  });

  it("says how people answered", async () => {
    const { pipelines } = await house.api.inbox.statistics({});
    const all = pipelines.reduce((sum, { decided }) => sum + decided, 0);
    expect(all).toBe(
      await database.prisma.inboxTask.count({
        where: { workspaceId: house.owner.workspaceId, state: { in: ["approved", "rejected"] } },
      }),
    );
  });

  it("is not another workspace's", async () => {
    const { id } = await house.waiting(simple);
    const other = await inboxWorkspace(database);
    await expect(other.api.inbox.get({ id })).rejects.toThrow("does not exist");
    await expect(other.api.inbox.decide({ id, ...approve })).rejects.toThrow("does not exist");
    await expect(other.api.inbox.reserve({ id, reserve: true })).rejects.toThrow("does not exist");
    await expect(other.api.inbox.decideMany({ ids: [id], action: "approve" })).rejects.toThrow("does not exist");
    expect((await other.api.inbox.list({ runId: (await taskOf(id)).runId })).items).toEqual([]);
  });
});
