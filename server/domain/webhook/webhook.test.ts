import { createHmac, randomBytes } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { acceptRun } from "@/server/domain/background-run/accept-run";
import { keepBackgroundRuns } from "@/server/domain/background-run/keep-background-runs";
import { runQueueOf } from "@/server/domain/background-run/run-queue";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import { runWorkspace } from "@/server/domain/run/run-fixture";
import type { Database } from "@/server/platform/db/database";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";
import { deliverDue } from "./deliver-due";
import { webhookLimits } from "./webhook.types";

interface Taken {
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
  readonly path: string;
}
const taken: Taken[] = [];
let status = 200;
const receiver = http.createServer(async (incoming, outgoing) => {
  let body = "";
  for await (const part of incoming.setEncoding("utf8")) body += part;
  taken.push({ headers: incoming.headers, body, path: incoming.url ?? "" });
  outgoing.writeHead(status, status === 302 ? { location: "/elsewhere" } : {}).end("ignored");
});

let database: Database;
let models: FakeOpenAiServer;
let house: Awaited<ReturnType<typeof runWorkspace>>;
let deploymentId = "";
let url = "";
let secret = "";
let apiKeyId = "";
beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
  [database, models] = await Promise.all([openTestDatabase(), startFakeOpenAiServer()]);
  house = await runWorkspace(database, models.baseUrl, ["echo"]);
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  const pipelineId = await house.pipeline("echo");
  const published = await house.api.deployment.publish({ pipelineId, revision: 1, slug: "hooked" });
  deploymentId = published.id;
  apiKeyId = (await house.api.apiKey.create({ name: "Caller" })).id;
  secret = (await house.api.webhook.set({ deploymentId, url })).secret as string;
  await allow([`127.0.0.1:${new URL(url).port}`]);
});
afterAll(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await runQueueOf(database).idle();
  await liveRunsOf(database).settled();
  await Promise.all([database.close(), models.close()]);
});
beforeEach(() => {
  taken.length = 0;
  status = 200;
});

const allow = (toolHosts: string[]) => database.prisma.workspace.updateMany({ data: { toolHosts } });

/** A background run to its end, and the delivery that was noted. */
const ranOnce = async () => {
  const deployment = await database.prisma.deployment.findUniqueOrThrow({ where: { id: deploymentId } });
  const id = crypto.randomUUID();
  const { workspaceId, pipelineId, revisionId } = deployment;
  const run = { id, workspaceId, pipelineId, revisionId, deploymentId, apiKeyId, trigger: "api" } as const;
  expect(await acceptRun(database, { ...run, way: "background" }, { q: "Hi" })).toBe("accepted");
  const stop = keepBackgroundRuns(database, 50);
  await vi.waitFor(async () => expect(await database.prisma.webhookDelivery.count({ where: { runId: id } })).toBe(1), {
    timeout: 20_000,
  });
  stop();
  return database.prisma.webhookDelivery.findFirstOrThrow({ where: { runId: id } });
};
const stateOf = (id: string) => database.prisma.webhookDelivery.findUniqueOrThrow({ where: { id } });
const later = (id: string) => database.prisma.webhookDelivery.update({ where: { id }, data: { nextAt: new Date(0) } });
const settled = (id: string, state: string) =>
  vi.waitFor(async () => expect((await stateOf(id)).state).toBe(state), { timeout: 20_000 });

it("is told of a run that ended, signed so that a library for Standard Webhooks takes it", async () => {
  const { id, runId } = await ranOnce();
  await settled(id, "delivered");
  const [{ headers, body } = taken[0] as Taken] = taken;
  expect(taken).toHaveLength(1);
  expect(JSON.parse(body)).toMatchObject({
    type: "run.ended",
    data: { runId, pipeline: "hooked", status: "success", outputs: { answer: "Result: Answer: Hi" } },
  });
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  expect(headers["webhook-signature"]).toBe(`v1,${createHmac("sha256", key).update(signed).digest("base64")}`);
  expect(headers["webhook-id"]).toBe(id);
  expect(Math.abs(Number(headers["webhook-timestamp"]) - Date.now() / 1000)).toBeLessThan(60);

  // By hand once more: the same id, so that a receiver knows it again.
  expect(await house.api.webhook.replay({ id })).toMatchObject({ state: "delivered", httpStatus: 200 });
  expect(taken.at(-1)?.headers["webhook-id"]).toBe(id);
  const list = await house.api.webhook.deliveries({ deploymentId });
  expect(list.items[0]).toMatchObject({ id, runId, state: "delivered", httpStatus: 200, attempts: 1 });
});

it("tries again, later each time, says what was answered, and gives up", async () => {
  status = 500;
  const { id } = await ranOnce();
  await vi.waitFor(async () => expect((await stateOf(id)).problem).toBe("The receiver answered 500."), {
    timeout: 20_000,
  });
  for (let attempt = 1; attempt <= webhookLimits.pausesMs.length; attempt++) {
    const { state, attempts, nextAt } = await stateOf(id);
    expect([state, attempts]).toEqual(["pending", attempt]);
    const pauseMs = nextAt.getTime() - Date.now();
    expect(pauseMs).toBeGreaterThan((webhookLimits.pausesMs[attempt - 1] as number) - 20_000);
    expect(pauseMs).toBeLessThanOrEqual(webhookLimits.pausesMs[attempt - 1] as number);
    // Not before its time.
    expect(await deliverDue(database)).toBe(0);
    await later(id);
    expect(await deliverDue(database)).toBe(1);
  }
  expect(await stateOf(id)).toMatchObject({ state: "failed", httpStatus: 500 });
  expect(taken).toHaveLength(webhookLimits.pausesMs.length + 1);
  await later(id);
  expect(await deliverDue(database)).toBe(0);
});

it("is sent by one of several processes that look at once", async () => {
  status = 503;
  const { id } = await ranOnce();
  await vi.waitFor(async () => expect((await stateOf(id)).httpStatus).toBe(503), { timeout: 20_000 });
  taken.length = 0;
  status = 204;
  await later(id);
  await Promise.all([1, 2, 3, 4].map(() => deliverDue(database)));
  expect(taken).toHaveLength(1);
  expect(await stateOf(id)).toMatchObject({ state: "delivered", httpStatus: 204 });
});

it("follows no redirect, gives up where the receiver is gone, and goes nowhere that is not allowed", async () => {
  status = 302;
  const { id } = await ranOnce();
  await vi.waitFor(async () => expect((await stateOf(id)).problem).toContain("redirects"), { timeout: 20_000 });
  expect(taken.map(({ path }) => path)).toEqual(["/hook"]);
  status = 410;
  await later(id);
  await deliverDue(database);
  expect(await stateOf(id)).toMatchObject({ state: "failed", httpStatus: 410 });
  taken.length = 0;
  await allow([]);
  expect(await house.api.webhook.replay({ id })).toMatchObject({ state: "pending", httpStatus: null });
  expect((await stateOf(id)).problem).toContain("private");
  await allow(["api.example.com"]);
  await house.api.webhook.replay({ id });
  expect((await stateOf(id)).problem).toContain("does not let steps call");
  expect(taken).toHaveLength(0);
  await allow([`127.0.0.1:${new URL(url).port}`]);
});

it("shows whoever is no owner where it goes, and not the path, which may let in whoever knows it", async () => {
  const { origin } = new URL(url);
  expect((await house.api.webhook.get({ deploymentId }))?.url).toBe(url);
  for (const role of ["viewer", "editor"] as const) {
    const member = await addMember(database, role, house.owner.workspaceId);
    expect((await callerOf(database, member).webhook.get({ deploymentId }))?.url).toBe(`${origin}/…`);
  }
});

it("never gives the secret back, renews it, and says what a test was answered", async () => {
  const shown = await house.api.webhook.get({ deploymentId });
  expect(Object.keys(shown ?? {}).sort()).toEqual(["updatedAt", "url"]);
  expect((await house.api.webhook.set({ deploymentId, url })).secret).toBeNull();
  const renewed = await house.api.webhook.renewSecret({ deploymentId });
  expect(renewed.secret).not.toBe(secret);
  expect(await house.api.webhook.test({ deploymentId })).toEqual({ httpStatus: 200, problem: null });
  expect(JSON.parse(taken.at(-1)?.body ?? "{}")).toMatchObject({ type: "webhook.test" });
  const { host } = new URL(url);
  const tested = await database.prisma.auditEntry.findMany({ where: { action: "webhook.test" } });
  expect(tested).toMatchObject([{ subject: `deployment:${deploymentId}`, data: { slug: "hooked", host } }]);
  expect(tested[0]?.userId).toBe(house.owner.userId);
  const [row] = await database.prisma.webhook.findMany();
  expect(row?.secretCipher).not.toContain(renewed.secret);
});

it.each(["ftp://example.com", "https://user:pw@example.com/x", "nonsense", "http://169.254.169.254/latest", "/hook"])(
  "refuses %s as an address",
  async (address) => {
    await expect(house.api.webhook.set({ deploymentId, url: address })).rejects.toThrow();
    expect(await house.api.webhook.get({ deploymentId })).toMatchObject({ url });
  },
);
