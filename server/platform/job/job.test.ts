import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { NodeFailure } from "@/runtime/node/node-failure";
import type { Database } from "@/server/platform/db/database";
import type { Member } from "@/server/platform/guard/member";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";
import { defineJob, type JobCall, type JobDefinition } from "./define-job";
import { jobLimits } from "./job.types";
import { JobFailure } from "./job-failure";
import { jobWhen, startTestWorker } from "./job-fixture";
import type { JobQueue } from "./job-queue";
import { startJob } from "./start-job";
import { mostTakeUps, takeUpJob } from "./take-up-job";
import { trimJobs } from "./trim-jobs";

const input = z.strictObject({ words: z.array(z.string()).max(10) });
type Input = z.output<typeof input>;

/** What the job of the test at hand does. */
let work: (call: JobCall<Input>) => Promise<unknown> = async () => undefined;
const scripted = defineJob({ kind: "test/scripted", input, run: async (call) => (await work(call)) as never });

const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    const leave = () => reject(signal.reason);
    if (signal.aborted) leave();
    else signal.addEventListener("abort", leave, { once: true });
  });

describe("a job", () => {
  let database: Database;
  let queue: JobQueue;
  let owner: Member;
  beforeAll(async () => {
    database = await openTestDatabase();
    owner = await addMember(database, "owner");
    queue = await startTestWorker(database, [scripted]);
  });
  afterAll(async () => {
    await queue.stop();
    await database.close();
  });

  const start = (words: string[] = ["one"], definition: JobDefinition<Input> = scripted) =>
    startJob(database, {
      workspaceId: owner.workspaceId,
      userId: owner.userId,
      subject: "test:1",
      definition,
      input: { words },
    });

  it("runs soon after it was started, with its input, and keeps its result", async () => {
    work = async (call) => {
      call.progress({ stage: "counting", done: 1, total: 2 });
      return { count: call.input.words.length, by: call.userId };
    };
    const row = await jobWhen(database, await start(["one", "two"]));
    expect(row).toMatchObject({
      status: "success",
      result: { count: 2, by: owner.userId },
      stage: "counting",
      done: 1,
      total: 2,
      errorCode: null,
    });
    expect(row.startedAt).not.toBeNull();
    expect(row.endedAt).not.toBeNull();
  });

  it.each([
    ["its own failure", new JobFailure("no-rows", "The file has no rows. Upload another."), "no-rows", /no rows/],
    ["a step's failure", new NodeFailure("model-unknown", "No such model."), "model-unknown", /No such model/],
  ])("that fails with %s keeps code and message", async (_, error, code, message) => {
    work = async () => {
      throw error;
    };
    const row = await jobWhen(database, await start());
    expect(row).toMatchObject({ status: "failure", errorCode: code, errorMessage: expect.stringMatching(message) });
  });

  it("that breaks says nothing of the inside", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    work = async () => {
      throw new Error("secret at /etc/passwd");
    };
    const row = await jobWhen(database, await start());
    expect(row).toMatchObject({ status: "failure", errorCode: "internal" });
    expect(row.errorMessage).not.toContain("secret");
    expect(log).toHaveBeenCalled();
    log.mockRestore();
  });

  it("that nobody knows any more fails and says so", async () => {
    const row = await jobWhen(database, await start(["one"], { ...scripted, kind: "test/forgotten" }));
    expect(row).toMatchObject({ status: "failure", errorCode: "job-unknown" });
  });

  it("stores its progress seldom, and its last word always", async () => {
    const written = vi.spyOn(database, "query");
    work = async ({ progress }) => {
      for (let done = 1; done <= 5000; done += 1) progress({ done, total: 5000 });
    };
    const row = await jobWhen(database, await start());
    const writes = written.mock.calls.filter(([sql]) => sql.includes('"stage" = $2'));
    written.mockRestore();
    expect(row).toMatchObject({ done: 5000, total: 5000 });
    expect(writes.length).toBeLessThan(5);
  });

  it("stops at once when it is cancelled here", async () => {
    work = ({ signal, progress }) => {
      progress({ done: 3 });
      return untilAborted(signal);
    };
    const id = await start();
    await jobWhen(database, id, ({ done }) => done === 3);
    expect(await callerOf(database, owner).job.cancel({ id })).toEqual({ status: "running" });
    expect(await jobWhen(database, id)).toMatchObject({ status: "cancelled", errorCode: null, done: 3 });
  });

  it("stops when its row is marked by another process", async () => {
    work = ({ signal }) => untilAborted(signal);
    const id = await start();
    await jobWhen(database, id, ({ status }) => status === "running");
    await database.prisma.job.update({ where: { id }, data: { cancelRequestedAt: new Date() } });
    expect(await jobWhen(database, id)).toMatchObject({ status: "cancelled" });
  });

  it("that was given back in order, however often, goes on and is not taken for one that takes its process down", async () => {
    const given = mostTakeUps + 2;
    let begun = 0;
    work = async ({ signal }) => {
      begun += 1;
      return begun > given ? "ended" : untilAborted(signal);
    };
    const id = await start();
    for (let time = 1; time <= given; time += 1) {
      await expect.poll(() => begun, { interval: 5 }).toBe(time);
      await queue.stop();
      expect(await database.prisma.job.findUnique({ where: { id } })).toMatchObject({ status: "running" });
      queue = await startTestWorker(database, [scripted]);
    }
    expect(await jobWhen(database, id)).toMatchObject({ status: "success", result: "ended", errorCode: null });
  });

  it("is watched from where it is to its end", async () => {
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    work = async ({ progress }) => {
      progress({ stage: "parsing", done: 1, total: 3 });
      await finished;
      progress({ done: 3 });
    };
    const id = await start();
    const seen: string[] = [];
    for await (const job of await callerOf(database, owner).job.watch({ id })) {
      seen.push(`${job.status} ${job.stage} ${job.done}/${job.total}`);
      if (job.done === 1) finish();
    }
    expect(seen).toContain("running parsing 1/3");
    expect(seen.at(-1)).toBe("success parsing 3/3");
  });

  it("is listed under its subject, latest first, without its input", async () => {
    work = async () => undefined;
    const id = await start();
    await jobWhen(database, id);
    const api = callerOf(database, owner).job;
    const { items } = await api.list({ subject: "test:1", limit: 1 });
    expect(items.map((job) => job.id)).toEqual([id]);
    expect(items[0]).not.toHaveProperty("input");
    expect((await api.list({ subject: "test:2" })).items).toEqual([]);
  });

  it("is refused when too many wait already, and a waiting one can be cancelled", async () => {
    const crowded = await addMember(database, "owner");
    const waiting = Array.from({ length: jobLimits.open }, (_, index) => ({
      id: `waiting-${index}`,
      workspaceId: crowded.workspaceId,
      kind: "test/scripted",
      subject: "test:1",
      input: {},
    }));
    await database.prisma.job.createMany({ data: waiting });
    const one = { workspaceId: crowded.workspaceId, userId: null, subject: "test:1", definition: scripted };
    await expect(startJob(database, { ...one, input: { words: [] } })).rejects.toMatchObject({
      details: { reason: "limit-reached" },
    });
    const api = callerOf(database, crowded).job;
    expect(await api.cancel({ id: "waiting-0" })).toEqual({ status: "cancelled" });
    expect(await api.cancel({ id: "waiting-0" })).toEqual({ status: "cancelled" });
    await expect(startJob(database, { ...one, input: { words: [] } })).resolves.toEqual(expect.any(String));
  });

  it("is forgotten when enough others have ended after it", async () => {
    const busy = await addMember(database, "owner");
    await database.prisma.job.createMany({
      data: Array.from({ length: 5 }, (_, index) => ({
        id: `old-${index}`,
        workspaceId: busy.workspaceId,
        kind: "test/scripted",
        subject: "test:1",
        input: {},
        status: index === 0 ? ("running" as const) : ("success" as const),
        createdAt: new Date(index),
      })),
    });
    await trimJobs(database, busy.workspaceId, 2);
    const kept = await database.prisma.job.findMany({ where: { workspaceId: busy.workspaceId }, select: { id: true } });
    expect(kept.map(({ id }) => id).toSorted()).toEqual(["old-0", "old-3", "old-4"]);
  });

  it("that keeps bringing its process down is given up", async () => {
    const row = { workspaceId: owner.workspaceId, kind: "test/scripted", subject: "test:1", input: { words: [] } };
    await database.prisma.job.create({ data: { ...row, id: "crasher", status: "running" } });
    const { signal } = new AbortController();
    await takeUpJob(database, [scripted], { jobId: "crasher", attempt: mostTakeUps + 1, signal });
    expect(await jobWhen(database, "crasher")).toMatchObject({ status: "failure", errorCode: "interrupted" });
  });

  it("that this process lost to another is not ended by it", async () => {
    const row = { workspaceId: owner.workspaceId, kind: "test/scripted", subject: "test:1", input: { words: [] } };
    await database.prisma.job.create({ data: { ...row, id: "lost", status: "queued" } });
    const claim = new AbortController();
    work = async ({ signal }) => {
      claim.abort();
      return untilAborted(signal);
    };
    await takeUpJob(database, [scripted], { jobId: "lost", attempt: 1, signal: claim.signal });
    expect(await database.prisma.job.findUnique({ where: { id: "lost" } })).toMatchObject({ status: "running" });
    work = async () => "done after all";
    await takeUpJob(database, [scripted], { jobId: "lost", attempt: 2, signal: new AbortController().signal });
    expect(await jobWhen(database, "lost")).toMatchObject({ status: "success", result: "done after all" });
  });
});
