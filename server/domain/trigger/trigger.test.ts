import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { answerHook } from "@/server/api/http/hooks/hooks";
import { publishedFixture } from "@/server/api/http/published/published-fixture";
import { runQueueOf } from "@/server/domain/background-run/run-queue";
import { guardRoute } from "@/server/platform/route/route";
import { triggerLimits } from "./trigger.types";

let house: Awaited<ReturnType<typeof publishedFixture>>;
let deployment: { readonly id: string; readonly slug: string };
beforeAll(async () => {
  house = await publishedFixture(["echo"]);
  deployment = await house.publish("echo");
});
afterAll(() => house.close());

const make = (more: object = {}, deploymentId = deployment.id) =>
  house.api.trigger.create({ deploymentId, name: "Issues", scheme: "github", mapping: { q: "issue.title" }, ...more });
const send = (hookId: string, body: string, headers: Record<string, string> = {}) =>
  guardRoute(
    { auth: "public", anyHost: true },
    answerHook,
    async () => house.database,
  )(new Request(`http://hooks.example/api/hooks/${hookId}`, { method: "POST", body, headers }), {
    params: Promise.resolve({ hookId }),
  });
const sign = (secret: string, body: string) => ({
  "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
});
const issue = (title: string) => JSON.stringify({ issue: { title } });
const eventsOf = (triggerId: string) =>
  house.database.prisma.triggerEvent.findMany({ where: { triggerId }, orderBy: { at: "asc" } });

it("answers 202 and runs the live version with what was sent, once for each event", async () => {
  const { id, secret } = await make();
  const body = issue("It broke");
  const first = await send(id, body, sign(secret, body));
  expect(first.status).toBe(202);
  const { eventId } = (await first.json()) as { eventId: string };
  await runQueueOf(house.database).idle();
  await vi.waitFor(
    async () => {
      const run = await house.database.prisma.run.findUnique({ where: { id: eventId } });
      expect(run).toMatchObject({ status: "success", way: "trigger", apiKeyId: `trigger:${id}` });
      expect(run?.answer).toContain("It broke");
    },
    { timeout: 20_000 },
  );
  const again = await Promise.all([send(id, body, sign(secret, body)), send(id, body, sign(secret, body))]);
  for (const answer of again) expect([answer.status, await answer.json()]).toEqual([200, { eventId, duplicate: true }]);
  expect(await house.database.prisma.run.count({ where: { apiKeyId: `trigger:${id}` } })).toBe(1);
});

it("of the same event sent twice at once, one becomes a run", async () => {
  const { id, secret } = await make();
  const body = issue("At once");
  const answers = await Promise.all(Array.from({ length: 6 }, () => send(id, body, sign(secret, body))));
  expect(answers.every(({ status }) => status === 200 || status === 202)).toBe(true);
  const ids = await Promise.all(answers.map(async (answer) => ((await answer.json()) as { eventId: string }).eventId));
  expect(new Set(ids).size).toBe(1);
});

it("refuses what is forged or does not fit, tells its sender little and its owner why", async () => {
  const { id, secret } = await make();
  const body = issue("Forged");
  expect((await send(id, body, sign("another secret", body))).status).toBe(401);
  expect((await send(id, body)).status).toBe(401);
  for (const unfit of ["not json", "{}", issue("x".repeat(101)), "[]", '{"issue":{"title":null}}'])
    expect((await send(id, unfit, sign(secret, unfit))).status).toBe(422);
  const large = JSON.stringify({ issue: { title: "x".repeat(triggerLimits.bytes) } });
  expect((await send(id, large, sign(secret, large))).status).toBe(413);
  expect((await send("no-such-address", body)).status).toBe(404);
  const [trigger] = (await house.api.trigger.list({ deploymentId: deployment.id })).filter((each) => each.id === id);
  expect(trigger?.events.filter(({ isTaken }) => !isTaken).length).toBeGreaterThan(3);
  expect(JSON.stringify(trigger?.events)).toContain("not that of this secret");
  expect(JSON.stringify(trigger)).not.toContain(secret);
  expect(await house.database.prisma.run.count({ where: { apiKeyId: `trigger:${id}` } })).toBe(0);
});

it("asks the sender to come again while the deployment is paused, and takes the event then", async () => {
  const other = await house.publish("echo");
  const { id, secret } = await make({}, other.id);
  await house.api.deployment.setActive({ id: other.id, active: false });
  const body = issue("Later");
  const refused = await send(id, body, sign(secret, body));
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "60"]);
  await house.api.deployment.setActive({ id: other.id, active: true });
  expect((await send(id, body, sign(secret, body))).status).toBe(202);
  await house.api.trigger.update({ id, name: "Issues", mapping: {}, active: false });
  expect((await send(id, body, sign(secret, body))).status).toBe(404);
});

it("writes down no more refusals than are of use", async () => {
  const { id } = await make();
  for (let index = 0; index < triggerLimits.refusedPerMinute + 10; index += 1) await send(id, issue(`${index}`));
  expect((await eventsOf(id)).length).toBeLessThanOrEqual(2 * triggerLimits.refusedPerMinute);
});

it("takes no mapping of an input that is not there, and bounds how many there are", async () => {
  await expect(make({ mapping: { nothing: "a" } })).rejects.toMatchObject({ details: { reason: "input-invalid" } });
  await expect(make({ mapping: { q: "a..b" } })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  await expect(make({ secret: "short" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  const crowded = await house.publish("echo");
  for (let index = 0; index < triggerLimits.ofDeployment; index += 1) await make({}, crowded.id);
  await expect(make({}, crowded.id)).rejects.toMatchObject({ details: { reason: "limit-reached" } });
});
