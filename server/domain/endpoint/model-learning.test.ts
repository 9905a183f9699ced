import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { runWorkspace } from "@/server/domain/run/run-fixture";
import type { Database } from "@/server/platform/db/database";
import { openTestDatabase } from "@/server/testing/test-database";
import { readLearning } from "./model-learning";
import { endpointsChanged, workspaceGateway } from "./workspace-gateway";

let database: Database;
let server: FakeOpenAiServer;
beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
  [database, server] = await Promise.all([openTestDatabase(), startFakeOpenAiServer()]);
});
afterAll(() => Promise.all([database.close(), server.close()]));

it("outlives a restart, is shown with what was said, and may be forgotten", async () => {
  const { api, owner } = await runWorkspace(database, server.baseUrl, ["no-seed"]);
  const { workspaceId } = owner;
  const list = () => api.endpoint.list().then((endpoints) => endpoints.find(({ embedded }) => !embedded));
  const slug = (await list())?.slug;
  const calls = async () => {
    const before = server.requests.length;
    const messages = [{ role: "user" as const, content: "Hi" }];
    const options = { signal: new AbortController().signal, onCall: () => {} };
    const gateway = workspaceGateway(database, workspaceId);
    for await (const _ of gateway.chat({ model: `${slug}/no-seed`, messages, seed: 1 }, options));
    return server.requests.length - before;
  };
  expect(await calls()).toBe(2);
  const learnings = await vi.waitFor(async () => {
    const found = (await database.prisma.modelLearning.findMany()).map(({ learning }) => readLearning(learning));
    expect(found).toHaveLength(1);
    return found;
  });
  expect(learnings[0]?.dialect).toEqual({ seed: false });
  const shown = await vi.waitFor(async () => {
    const found = await list();
    expect(found?.learnings).toHaveLength(1);
    return found;
  });
  // Loaded anew, as after a restart.
  endpointsChanged(workspaceId);
  expect(await calls()).toBe(1);
  expect(shown?.learnings).toMatchObject([
    {
      model: "no-seed",
      learnt: [{ field: "seed", value: "false", said: expect.stringContaining("Unknown parameter") }],
    },
  ]);
  await api.endpoint.forget({ id: shown?.id ?? "", model: "no-seed" });
  expect((await list())?.learnings).toEqual([]);
  expect(await calls()).toBe(2);
  await vi.waitFor(async () => expect((await list())?.learnings).toHaveLength(1));
});

it("leaves out what a row of another version says", () => {
  expect(
    readLearning({ dialect: { seed: true, temperature: { least: 0, most: "x" }, stream: "only", other: 1 }, said: {} }),
  ).toEqual({
    dialect: { stream: "only" },
    said: {},
  });
  expect(readLearning(null)).toEqual({ dialect: {}, said: {} });
});
