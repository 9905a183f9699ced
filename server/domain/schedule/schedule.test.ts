import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { publishedFixture } from "@/server/api/http/published/published-fixture";
import { runQueueOf } from "@/server/domain/background-run/run-queue";
import { startMailSink } from "@/server/testing/mail-sink";
import { mendFuture, noteDue, startNoted } from "./fire-due";
import { keepSchedules } from "./keep-schedules";
import { stopFailing } from "./stop-failing";

let house: Awaited<ReturnType<typeof publishedFixture>>;
let deployment: { readonly id: string; readonly slug: string };
beforeAll(async () => {
  house = await publishedFixture(["echo", "error-500"]);
  deployment = await house.publish("echo");
});
afterAll(() => house.close());

const base = { name: "Every night", cron: "0 3 * * *", timeZone: "Europe/Berlin", inputs: { q: "Night" } };
const rules = { missed: "skip", stopAfter: 3 } as const;
const make = (more: object = {}, deploymentId = deployment.id) =>
  house.api.schedule.create({ deploymentId, ...base, ...rules, ...more });
const firingsOf = (scheduleId: string) =>
  house.database.prisma.scheduleFiring.findMany({ where: { scheduleId }, orderBy: { dueAt: "asc" } });
const due = (id: string, at: Date) => house.database.prisma.schedule.update({ where: { id }, data: { nextAt: at } });
const itemOf = async (id: string, deploymentId = deployment.id) =>
  (await house.api.schedule.list({ deploymentId })).find((each) => each.id === id);
const ended = (id: string) =>
  vi.waitFor(
    async () => {
      const run = await house.database.prisma.run.findUnique({ where: { id } });
      expect(run?.endedAt).toBeTruthy();
      return run;
    },
    { timeout: 20_000 },
  );
const now = new Date("2026-12-05T02:00:30Z");

it("starts the live version at its time, with its inputs, and says so", async () => {
  const { id } = await make();
  await due(id, new Date("2026-12-05T02:00:00Z"));
  let time = new Date("2026-12-05T01:59:00Z");
  const stop = keepSchedules(house.database, { now: () => time, lookMs: 20 });
  expect(await firingsOf(id)).toEqual([]);
  time = now;
  await vi.waitFor(async () => expect((await firingsOf(id))[0]?.state).toBe("started"), { timeout: 20_000 });
  stop();
  const [firing] = await firingsOf(id);
  const run = await ended(firing?.id ?? "");
  expect(run).toMatchObject({ status: "success", way: "schedule", trigger: "api", apiKeyId: `schedule:${id}` });
  expect(run?.answer).toContain("Night");
  const item = await itemOf(id);
  expect(item).toMatchObject({ problem: null, active: true, firings: [{ state: "started", run: "success" }] });
  expect(item?.nextTimes).toHaveLength(5);
});

it("notes and starts each time once, however many look", async () => {
  const { id } = await make();
  await due(id, new Date("2026-12-05T02:00:00Z"));
  const looks = Array.from({ length: 12 }, async () => {
    await noteDue(house.database, now);
    return startNoted(house.database);
  });
  const counts = await Promise.all(looks);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
  expect(await firingsOf(id)).toHaveLength(1);
  const source = `schedule:${id}`;
  await runQueueOf(house.database).idle();
  await vi.waitFor(async () => expect(await house.database.prisma.run.count({ where: { apiKeyId: source } })).toBe(1));
});

it("takes up what a process that was killed had noted, without a second run", async () => {
  const { id } = await make();
  await due(id, new Date("2026-12-05T02:00:00Z"));
  await noteDue(house.database, now);
  await startNoted(house.database);
  const [firing] = await firingsOf(id);
  await ended(firing?.id ?? "");
  // As if it had been killed between taking the run into the queue and noting that.
  await house.database.prisma.scheduleFiring.update({
    where: { id: firing?.id ?? "" },
    data: { state: "pending", claimedUntil: new Date(0) },
  });
  expect(await startNoted(house.database)).toBe(1);
  expect((await firingsOf(id))[0]?.state).toBe("started");
  expect(await house.database.prisma.run.count({ where: { apiKeyId: `schedule:${id}` } })).toBe(1);
});

it("says what was missed, and survives a clock that was ahead for a while", async () => {
  const { id } = await make({ cron: "0 * * * *", timeZone: "UTC" });
  await due(id, new Date("2026-12-05T00:00:00Z"));
  await noteDue(house.database, new Date("2026-12-05T02:30:00Z"));
  expect(await firingsOf(id)).toMatchObject([{ state: "missed", also: 2 }]);
  // Somebody sets the clock to 2030 and back.
  await noteDue(house.database, new Date("2030-01-01T00:00:10Z"));
  expect((await house.database.prisma.schedule.findUniqueOrThrow({ where: { id } })).nextAt?.getFullYear()).toBe(2030);
  const back = new Date("2026-12-05T02:45:00Z");
  expect(await mendFuture(house.database, back)).toBeGreaterThan(0);
  const { nextAt } = await house.database.prisma.schedule.findUniqueOrThrow({ where: { id } });
  expect(nextAt).toEqual(new Date("2026-12-05T03:00:00Z"));
  await house.api.schedule.remove({ id });
});

it("says why it would start nothing, and stops itself after failures in a row, with a notice by mail", async () => {
  const other = await house.publish("echo");
  const { id } = await make({ stopAfter: 2, cron: "* * * * *" }, other.id);
  await house.api.deployment.setActive({ id: other.id, active: false });
  expect(await itemOf(id, other.id)).toMatchObject({ problem: "The deployment is paused." });
  const sink = await startMailSink();
  await house.api.inbox.setMail({
    host: "127.0.0.1",
    port: sink.port,
    security: "none",
    username: "",
    sender: "pipewright@example.com",
  });
  for (const minute of [1, 2]) {
    await due(id, new Date(Date.UTC(2026, 11, 5, 2, minute)));
    await noteDue(house.database, new Date(Date.UTC(2026, 11, 5, 2, minute, 10)));
    await startNoted(house.database);
  }
  expect(await firingsOf(id)).toMatchObject([{ state: "refused" }, { state: "refused" }]);
  expect(await Promise.all([stopFailing(house.database), stopFailing(house.database)])).toContain(1);
  const item = await itemOf(id, other.id);
  expect(item).toMatchObject({ active: false, nextTimes: [] });
  expect(item?.stopReason).toBe("Its last 2 runs failed. The deployment is paused.");
  expect(sink.mails).toHaveLength(1);
  expect(sink.mails[0]).toContain("The deployment is paused");
  await sink.close();
  // Switched on again, what was before does not count.
  await house.api.deployment.setActive({ id: other.id, active: true });
  await house.api.schedule.setActive({ id, active: true });
  expect(await stopFailing(house.database)).toBe(0);
  expect(await itemOf(id, other.id)).toMatchObject({ active: true, stopReason: null, problem: null });
});

it("refuses inputs that do not fit, at once and after the pipeline changed", async () => {
  await expect(make({ inputs: { wrong: 1 } })).rejects.toMatchObject({ details: { reason: "input-invalid" } });
  await expect(make({ inputs: { q: "x".repeat(101) } })).rejects.toThrow("at most 100 are allowed");
  await expect(make({ inputs: { q: "x".repeat(300_000) } })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  await expect(make({ cron: "0 0 31 2 *" })).rejects.toThrow("never comes");
  await expect(make({ timeZone: "Nowhere" })).rejects.toMatchObject({
    details: { fields: { timeZone: expect.any(String) } },
  });
  const { id } = await make();
  await house.database.prisma.schedule.update({ where: { id }, data: { inputs: '{"gone":"x"}' } });
  expect((await itemOf(id))?.problem).toContain("no longer fit");
});

it("bounds how many there are", async () => {
  const crowded = await house.publish("echo");
  for (let index = 0; index < 20; index += 1) await make({ name: `Number ${index}` }, crowded.id);
  await expect(make({}, crowded.id)).rejects.toMatchObject({ details: { reason: "limit-reached" } });
});
