import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { answerKeyUpload } from "@/server/domain/file/answer-upload";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import { runWorkspace } from "@/server/domain/run/run-fixture";
import type { Database } from "@/server/platform/db/database";
import { hashApiKey } from "@/server/platform/route/bearer";
import { guardRoute } from "@/server/platform/route/route";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";
import { answerRun } from "./answer-run";
import { ratePublishedRun } from "./rate-published-run";
import { resumeStream } from "./resume-stream";

let database: Database;
let server: FakeOpenAiServer;
let workspace: Awaited<ReturnType<typeof runWorkspace>>;
let one: { readonly id: string; readonly slug: string };
let other: typeof one;
beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
  [database, server] = await Promise.all([openTestDatabase(), startFakeOpenAiServer()]);
  workspace = await runWorkspace(database, server.baseUrl, ["echo"]);
  one = await publish();
  other = await publish();
});
afterAll(async () => {
  await liveRunsOf(database).settled();
  await Promise.all([database.close(), server.close()]);
});

const open = async () => database;
const routes = {
  run: guardRoute({ auth: "api-key" }, answerRun, open),
  events: guardRoute({ auth: "api-key" }, resumeStream, open),
  feedback: guardRoute({ auth: "api-key" }, ratePublishedRun, open),
  upload: guardRoute({ auth: "api-key" }, answerKeyUpload, open),
};
const publish = async () => {
  const pipelineId = await workspace.pipeline("echo");
  const { slug } = await workspace.api.deployment.suggestSlug({ pipelineId });
  return workspace.api.deployment.publish({ pipelineId, revision: 1, slug });
};
type KeyInput = Parameters<typeof workspace.api.apiKey.create>[0];
const makeKey = async (input: Omit<KeyInput, "name"> = {}) => workspace.api.apiKey.create({ name: "Scoped", ...input });

const send = async (route: keyof typeof routes, key: string, slug: string, runId = "none", body?: unknown) => {
  const request = new Request(`http://x/api/v1/pipelines/${slug}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const response = await routes[route](request, { params: Promise.resolve({ slug, runId }) });
  return { status: response.status, text: await response.text() };
};
const run = (key: string, slug: string) => send("run", key, slug, undefined, { inputs: { q: "Hi" } });
const runId = async (key: string, slug: string): Promise<string> => {
  const id: string = JSON.parse((await run(key, slug)).text).runId;
  await liveRunsOf(database).settled();
  return id;
};
const rate = (key: string, slug: string, id: string) => send("feedback", key, slug, id, { rating: "good" });

describe("a key for one pipeline", () => {
  it("runs that one, and is told of any other what is told of one that does not exist", async () => {
    const { key } = await makeKey({ deploymentIds: [one.id] });
    expect((await run(key, one.slug)).status).toBe(200);
    const refused = await run(key, other.slug);
    expect(refused.status).toBe(404);
    expect(refused.text).toBe((await run(key, "no-such-pipeline")).text);
  });

  it("is for nothing once that one is gone, rather than for everything", async () => {
    const gone = await publish();
    const { key, id } = await makeKey({ deploymentIds: [gone.id] });
    await database.prisma.deployment.delete({ where: { id: gone.id } });
    expect((await run(key, one.slug)).status).toBe(404);
    const { items } = await workspace.api.apiKey.list({});
    expect(items.find((item) => item.id === id)?.deployments).toEqual([]);
  });

  it("cannot be made for another workspace's", async () => {
    const stranger = callerOf(database, await addMember(database, "owner"));
    await expect(stranger.apiKey.create({ name: "Mine", deploymentIds: [one.id] })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(makeKey({ deploymentIds: [] })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });
});

describe("rights", () => {
  const refusals = async (rights: Partial<Record<"mayRun" | "mayRead" | "mayRate", boolean>>) => {
    const { key, id } = await makeKey(rights);
    const made = await runId((await makeKey()).key, one.slug);
    await database.prisma.run.update({ where: { id: made }, data: { apiKeyId: id } });
    return {
      run: (await run(key, one.slug)).status,
      upload: (await send("upload", key, "x", "x", {})).status,
      events: (await send("events", key, one.slug, made)).status,
      feedback: (await rate(key, one.slug, made)).status,
    };
  };

  it("are each asked for where they are used", async () => {
    expect(await refusals({ mayRun: false })).toMatchObject({ run: 403, upload: 403, events: 200, feedback: 200 });
    expect(await refusals({ mayRead: false })).toMatchObject({ run: 200, events: 403, feedback: 200 });
    expect(await refusals({ mayRate: false })).toMatchObject({ run: 200, events: 200, feedback: 403 });
  });
});

describe("a run", () => {
  it("is seen and rated by the key that started it, and by no other of the workspace", async () => {
    const [mine, theirs] = [await makeKey(), await makeKey()];
    const id = await runId(mine.key, one.slug);
    for (const route of ["events", "feedback"] as const) {
      const body = route === "feedback" ? { rating: "bad" } : undefined;
      const refused = await send(route, theirs.key, one.slug, id, body);
      expect(refused.status).toBe(404);
      expect(refused.text).toBe((await send(route, theirs.key, one.slug, "no-such-run", body)).text);
      expect((await send(route, mine.key, one.slug, id, body)).status).toBe(200);
    }
    // One started in the editor, through the same deployment's pipeline, belongs to no key.
    await database.prisma.run.update({ where: { id }, data: { apiKeyId: null } });
    expect((await rate(mine.key, one.slug, id)).status).toBe(404);
  });
});

it("a key from before there were scopes goes on as it did", async () => {
  const key = `pw_${randomBytes(32).toString("base64url")}`;
  // What the migration leaves of such a key: nothing that it did not have.
  await database.query(
    `INSERT INTO "ApiKey" ("id", "workspaceId", "name", "keyHash", "prefix") VALUES ('old', $1, 'Old', $2, 'pw_old')`,
    [workspace.owner.workspaceId, hashApiKey(key)],
  );
  const id = await runId(key, one.slug);
  expect((await run(key, other.slug)).status).toBe(200);
  expect((await send("events", key, one.slug, id)).status).toBe(200);
  expect((await rate(key, one.slug, id)).status).toBe(200);
});
