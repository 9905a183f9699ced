import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerRun } from "@/server/api/http/published/answer-run";
import { ratePublishedRun } from "@/server/api/http/published/rate-published-run";
import { readRun } from "@/server/api/http/published/read-run";
import { resumeStream } from "@/server/api/http/published/resume-stream";
import { inboxWorkspace, reviewDocument } from "@/server/domain/inbox/inbox-fixture";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import type { Database } from "@/server/platform/db/database";
import { guardRoute } from "@/server/platform/route/route";
import { openTestDatabase } from "@/server/testing/test-database";
import { decideReview, listReviews, readReview } from "./reviews";

let database: Database;
let house: Awaited<ReturnType<typeof inboxWorkspace>>;
let deployment: { readonly id: string; readonly slug: string };
let caller = "";
let decider = "";

const publish = async (config: Readonly<Record<string, unknown>>) => {
  const { id: pipelineId } = await house.api.pipeline.create({ name: "Published", document: reviewDocument(config) });
  const { slug } = await house.api.deployment.suggestSlug({ pipelineId });
  return house.api.deployment.publish({ pipelineId, revision: 1, slug });
};
beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
  database = await openTestDatabase();
  house = await inboxWorkspace(database);
  deployment = await publish({ kind: "edit" });
  caller = (await house.api.apiKey.create({ name: "Caller" })).key;
  decider = (await house.api.apiKey.create({ name: "Desk", mayDecide: true, mayUnmask: true })).key;
});
afterAll(async () => {
  await liveRunsOf(database).settled();
  await database.close();
});

const open = async () => database;
const routes = {
  run: guardRoute({ auth: "api-key" }, answerRun, open),
  state: guardRoute({ auth: "api-key" }, readRun, open),
  events: guardRoute({ auth: "api-key" }, resumeStream, open),
  feedback: guardRoute({ auth: "api-key" }, ratePublishedRun, open),
  list: guardRoute({ auth: "api-key" }, listReviews, open),
  read: guardRoute({ auth: "api-key" }, readReview, open),
  decide: guardRoute({ auth: "api-key" }, decideReview, open),
};
const send = async (
  route: keyof typeof routes,
  key: string,
  parameters: Readonly<Record<string, string>>,
  body?: unknown,
  query = "",
) => {
  const request = new Request(`http://x/${query}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const response = await routes[route](request, { params: Promise.resolve(parameters as never) });
  const text = await response.text();
  return { status: response.status, text, json: text.startsWith("{") ? JSON.parse(text) : null };
};
const start = async (slug = deployment.slug, more: object = {}) =>
  send("run", caller, { slug }, { inputs: { q: "We are sorry" }, ...more });
const reviewOf = async (runId: string, key = decider) =>
  (await send("list", key, {}, undefined, `?runId=${runId}`)).json.reviews[0];

describe("a published run that asks a person", () => {
  it("is answered at once as paused, with where to ask again; a key that may decides, and then its answer is there", async () => {
    const { status, json } = await start();
    expect(status).toBe(202);
    expect(json).toMatchObject({
      status: "paused",
      statusUrl: expect.stringContaining(`/api/v1/pipelines/${deployment.slug}/runs/${json.runId}`),
      inboxUrl: expect.stringContaining(`/inbox?run=${json.runId}`),
    });
    const { runId } = json;
    const parameters = { slug: deployment.slug, runId };
    expect((await send("state", caller, parameters)).json).toMatchObject({ status: "paused" });
    expect((await send("feedback", caller, parameters, { rating: "good" })).status).toBe(409);
    const review = await reviewOf(runId);
    expect(review).toMatchObject({ kind: "edit", value: "We are sorry", state: "open", reviewers: 1 });
    const decided = await send("decide", decider, { reviewId: review.id }, { action: "approve", value: "Very sorry" });
    expect(decided).toMatchObject({ status: 200, json: { state: "approved", missing: 0 } });
    await liveRunsOf(database).settled();
    expect((await send("state", caller, parameters)).json).toMatchObject({
      status: "success",
      outputs: { answer: "Very sorry", review: { by: ["Desk"], edited: true } },
    });
    expect((await send("read", decider, { reviewId: review.id })).json).toMatchObject({ state: "approved" });
    const again = await send("decide", decider, { reviewId: review.id }, { action: "reject" });
    expect(again).toMatchObject({ status: 409, json: { error: { code: "review-closed" } } });
  });

  it("ends its stream with run-paused, and goes on with it from there", async () => {
    const { text } = await start(deployment.slug, { stream: true });
    expect(text).toContain("event: run-paused");
    expect(text).not.toContain("event: interrupted");
    const runId = /"runId":"([^"]+)"/.exec(text)?.[1] ?? "";
    const last = [...text.matchAll(/^id: (.+)$/gm)].at(-1)?.[1] ?? "";
    const review = await reviewOf(runId);
    await send("decide", decider, { reviewId: review.id }, { action: "reject", note: "no" });
    await liveRunsOf(database).settled();
    const request = new Request("http://x", { headers: { authorization: `Bearer ${caller}`, "last-event-id": last } });
    const response = await routes.events(request, { params: Promise.resolve({ slug: deployment.slug, runId }) });
    const rest = await response.text();
    expect(rest).toMatch(/^id: \d+\nevent: run-resumed/);
    expect(rest).toContain('"refused":"We are sorry"');
    expect(rest).not.toContain("event: run-paused");
  });
});

describe("a key", () => {
  it("without the right sees and decides nothing", async () => {
    const { json } = await start();
    const review = await reviewOf(json.runId);
    for (const [route, body] of [["list"], ["read"], ["decide", { action: "approve" }]] as const)
      expect((await send(route, caller, { reviewId: review.id }, body)).status).toBe(403);
  });

  it("of another workspace, or for another pipeline, is told what is told of one that does not exist", async () => {
    const { json } = await start();
    const review = await reviewOf(json.runId);
    const other = await inboxWorkspace(database);
    const stranger = (await other.api.apiKey.create({ name: "Theirs", mayDecide: true })).key;
    const elsewhere = await publish({});
    const narrow = (await house.api.apiKey.create({ name: "One", mayDecide: true, deploymentIds: [elsewhere.id] })).key;
    for (const key of [stranger, narrow]) {
      const refused = await send("decide", key, { reviewId: review.id }, { action: "approve" });
      expect(refused.status).toBe(404);
      expect(refused.text).toBe((await send("decide", key, { reviewId: "none" }, { action: "approve" })).text);
      expect((await send("list", key, {})).json.reviews).toEqual([]);
    }
  });

  it("that started the run may not answer it where its author may not, nor approve twice for two", async () => {
    const { slug } = await publish({ excludesAuthor: true, reviewers: 2 });
    const both = (await house.api.apiKey.create({ name: "Both", mayDecide: true })).key;
    const { json } = await send("run", both, { slug }, { inputs: { q: "x" } });
    const review = await reviewOf(json.runId);
    const decide = (key: string) => send("decide", key, { reviewId: review.id }, { action: "approve" });
    expect(await decide(both)).toMatchObject({ status: 403, json: { error: { code: "review-not-yours" } } });
    expect((await decide(decider)).json).toMatchObject({ state: "open", missing: 1 });
    expect((await decide(decider)).status).toBe(403);
    const third = (await house.api.apiKey.create({ name: "Third", mayDecide: true })).key;
    expect((await decide(third)).json).toMatchObject({ state: "approved" });
  });

  it("that may not see personal data sees it masked, and cannot edit it", async () => {
    const { json } = await send(
      "run",
      caller,
      { slug: deployment.slug },
      { inputs: { q: "Write to ada@example.com" } },
    );
    const blind = (await house.api.apiKey.create({ name: "Blind", mayDecide: true })).key;
    const review = await reviewOf(json.runId, blind);
    expect(JSON.stringify(review)).not.toContain("ada@example.com");
    const edit = await send("decide", blind, { reviewId: review.id }, { action: "approve", value: "[EMAIL_1]" });
    expect(edit).toMatchObject({
      status: 400,
      json: { error: { fields: { value: expect.stringContaining("masked") } } },
    });
    expect((await send("decide", blind, { reviewId: review.id }, { action: "approve" })).status).toBe(200);
  });

  it.each([
    [{}, "action"],
    [{ action: "maybe" }, "action"],
    [{ action: "approve", outcome: "approved" }, "outcome"],
    [{ action: "approve", note: "x".repeat(4001) }, "note"],
    [{ action: "approve", form: { a: 1 } }, "form"],
    [{ action: "approve", value: 3 }, "value"],
  ])("that sends %j hears what is wrong, and nothing is lost", async (body, field) => {
    const { json } = await start();
    const review = await reviewOf(json.runId);
    const refused = await send("decide", decider, { reviewId: review.id }, body);
    expect(refused.status).toBe(400);
    expect(Object.keys(refused.json.error.fields)).toContain(field);
    expect((await send("read", decider, { reviewId: review.id })).json.state).toBe("open");
  });
});
