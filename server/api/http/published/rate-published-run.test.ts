import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import { runWorkspace } from "@/server/domain/run/run-fixture";
import type { Database } from "@/server/platform/db/database";
import { guardRoute } from "@/server/platform/route/route";
import { openTestDatabase } from "@/server/testing/test-database";
import { answerRun } from "./answer-run";
import { publishedLimits } from "./published.types";
import { ratePublishedRun } from "./rate-published-run";

type Workspace = Awaited<ReturnType<typeof runWorkspace>>;

let database: Database;
let server: FakeOpenAiServer;
let workspace: Workspace;
let key: string;
let slug: string;
beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
  [database, server] = await Promise.all([openTestDatabase(), startFakeOpenAiServer()]);
  workspace = await runWorkspace(database, server.baseUrl, ["echo", "never"]);
  ({ key } = await workspace.api.apiKey.create({ name: "Test" }));
  slug = await publish("echo");
});
afterAll(async () => {
  await liveRunsOf(database).settled();
  await Promise.all([database.close(), server.close()]);
});

const publish = async (model: string) => {
  const pipelineId = await workspace.pipeline(model);
  const suggested = await workspace.api.deployment.suggestSlug({ pipelineId });
  return (await workspace.api.deployment.publish({ pipelineId, revision: 1, slug: suggested.slug })).slug;
};
const open = async () => database;
const runs = guardRoute({ auth: "api-key" }, answerRun, open);
const feedback = guardRoute({ auth: "api-key" }, ratePublishedRun, open);
const send = (path: string, body: unknown, bearer: string) =>
  new Request(`http://x/api/v1/pipelines/${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
const answered = async (of = slug): Promise<string> => {
  const params = Promise.resolve({ slug: of });
  return (await (await runs(send(`${of}/runs`, { inputs: { q: "Hi" } }, key), { params })).json()).runId;
};
const rate = async (runId: string, body: unknown, { of = slug, bearer = key } = {}) => {
  const params = Promise.resolve({ slug: of, runId });
  const response = await feedback(send(`${of}/runs/${runId}/feedback`, body, bearer), { params });
  return { status: response.status, body: await response.json() };
};
const seen = async (id: string) => (await workspace.api.run.get({ id })).feedback;

describe("a caller's rating", () => {
  it("is taken as soon as the answer is out, changed, and taken back", async () => {
    const runId = await answered();
    expect(await rate(runId, { rating: "bad", correction: " Hello. " })).toEqual({
      status: 200,
      body: { runId, rating: "bad", correction: "Hello." },
    });
    expect(await seen(runId)).toMatchObject({ rating: "bad", correction: "Hello." });
    await rate(runId, { rating: "good" });
    expect(await seen(runId)).toMatchObject({ rating: "good", correction: "" });
    expect((await rate(runId, { rating: null })).status).toBe(200);
    expect(await seen(runId)).toBeNull();
  });

  it("becomes a case of a dataset", async () => {
    const runId = await answered();
    await rate(runId, { rating: "bad", correction: "Good day" });
    const pipelineId = (await database.prisma.run.findUniqueOrThrow({ where: { id: runId } })).pipelineId;
    const { id } = await workspace.api.dataset.addFeedback({ pipelineId, into: { name: "Said by callers" } });
    const { rows } = await workspace.api.dataset.rows({ id });
    expect(rows.map(({ inputs, source }) => ({ inputs, source }))).toContainEqual({
      inputs: { q: "Hi" },
      source: "feedback",
    });
  });

  it("leaves alone what a member of the workspace said", async () => {
    const runId = await answered();
    await liveRunsOf(database).get(runId)?.finished;
    await workspace.api.run.rate({ id: runId, rating: "bad", correction: "Mine" });
    for (const rating of ["good", null]) {
      const { status, body } = await rate(runId, { rating });
      expect([status, body.error.code]).toEqual([409, "rated-by-member"]);
    }
    expect(await seen(runId)).toMatchObject({ rating: "bad", correction: "Mine" });
  });

  it("waits for the end of the run", async () => {
    const of = await publish("never");
    const before = new Set(liveRunsOf(database).ids);
    const leaving = new AbortController();
    const params = Promise.resolve({ slug: of });
    const request = new Request(send(`${of}/runs`, { inputs: { q: "Hi" } }, key), { signal: leaving.signal });
    const answer = runs(request, { params });
    const under = () => liveRunsOf(database).ids.find((id) => !before.has(id));
    await expect.poll(under).toBeDefined();
    const { status, body } = await rate(under() ?? "", { rating: "good" }, { of });
    expect([status, body.error.code]).toEqual([409, "run-not-ended"]);
    leaving.abort();
    await answer;
  });

  it("is refused for a run of another pipeline, of another workspace, and for none", async () => {
    const runId = await answered();
    const other = await runWorkspace(database, server.baseUrl, ["echo"]);
    const { key: bearer } = await other.api.apiKey.create({ name: "Theirs" });
    const of = await publish("echo");
    expect((await rate(runId, { rating: "good" }, { of })).status).toBe(404);
    expect((await rate(runId, { rating: "good" }, { bearer })).status).toBe(404);
    expect((await rate("no-such-run", { rating: "good" })).status).toBe(404);
    expect(await seen(runId)).toBeNull();
  });

  it.each([
    [{}, "rating"],
    [{ rating: "great" }, "rating"],
    [{ rating: "good", stars: 5 }, "stars"],
    [{ rating: "bad", correction: "x".repeat(20_001) }, "correction"],
    [{ rating: "bad", correction: "\u0000" }, "correction"],
  ])("is refused by name where it is not in the form: %#", async (body, field) => {
    const { status, body: answer } = await rate(await answered(), body);
    expect([status, Object.keys(answer.error.fields)]).toEqual([400, [field]]);
  });

  it("is refused where it is longer than a rating can be", async () => {
    const correction = "x".repeat(publishedLimits.feedbackBytes);
    expect((await rate(await answered(), { rating: "bad", correction })).status).toBe(413);
  });
});
