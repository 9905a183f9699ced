import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { emptyDocument, type GraphNode } from "@/runtime/graph/document";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { liveRunsOf, publishedAtOnce } from "@/server/domain/run/live-runs";
import { chatDocument, runWorkspace } from "@/server/domain/run/run-fixture";
import { readRunLog } from "@/server/domain/run-log/read-run-log";
import type { Database } from "@/server/platform/db/database";
import { Disk, useDisk } from "@/server/platform/readiness/disk";
import { guardRoute } from "@/server/platform/route/route";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";
import { answerRun } from "./answer-run";
import { publishedLimits } from "./published.types";
import { resumeStream } from "./resume-stream";

const models = ["echo", "never", "fake-0-10-100", "error-401", "error-429", "error-429-90", "not-json"];

let database: Database;
let server: FakeOpenAiServer;
let workspace: Awaited<ReturnType<typeof runWorkspace>>;
let key: string;
beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
  [database, server] = await Promise.all([openTestDatabase(), startFakeOpenAiServer()]);
  workspace = await runWorkspace(database, server.baseUrl, models);
  ({ key } = await workspace.api.apiKey.create({ name: "Test" }));
});
afterAll(async () => {
  await liveRunsOf(database).settled();
  await Promise.all([database.close(), server.close()]);
});

const open = async () => database;
const post = guardRoute({ auth: "api-key" }, answerRun, open);
const get = guardRoute({ auth: "api-key" }, resumeStream, open);

const publish = async (model: string) => {
  const pipelineId = await workspace.pipeline(model);
  const { slug } = await workspace.api.deployment.suggestSlug({ pipelineId });
  return workspace.api.deployment.publish({ pipelineId, revision: 1, slug });
};
interface Call {
  readonly body?: unknown;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}
const call = (slug: string, { body = { inputs: { q: "Hi" } }, text, headers, signal }: Call = {}) =>
  post(
    new Request(`http://x/api/v1/pipelines/${slug}/runs`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers },
      body: text ?? JSON.stringify(body),
      ...(signal && { signal }),
    }),
    { params: Promise.resolve({ slug }) },
  );
const resume = (slug: string, runId: string, lastEventId?: string, bearer = key) =>
  get(
    new Request(`http://x/api/v1/pipelines/${slug}/runs/${runId}/events`, {
      headers: {
        authorization: `Bearer ${bearer}`,
        ...(lastEventId !== undefined && { "last-event-id": lastEventId }),
      },
    }),
    { params: Promise.resolve({ slug, runId }) },
  );

interface Sent {
  readonly id: string | undefined;
  readonly event: string | undefined;
  readonly data: Record<string, string>;
}
const parse = (block: string): Sent => {
  const line = (name: string) =>
    block
      .split("\n")
      .find((part) => part.startsWith(`${name}: `))
      ?.slice(name.length + 2);
  return { id: line("id"), event: line("event"), data: JSON.parse(line("data") ?? "{}") };
};
/** Reads events of a stream, to its end or until `enough`; then the connection is dropped. */
const read = async (response: Response, enough: (sent: Sent) => boolean = () => false): Promise<Sent[]> => {
  const sent: Sent[] = [];
  let rest = "";
  const reader = (response.body as ReadableStream<BufferSource>).pipeThrough(new TextDecoderStream()).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const blocks = (rest + part.value).split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      if (block.startsWith(":")) continue;
      sent.push(parse(block));
      if (enough(sent.at(-1) as Sent)) {
        await reader.cancel();
        return sent;
      }
    }
  }
  return sent;
};
const refusal = async (response: Response) => ({ status: response.status, ...(await response.json()).error });

describe("a call", () => {
  it("answers with the outputs, what they cost, and the run's id", async () => {
    const { slug } = await publish("echo");
    const response = await call(slug, { body: { inputs: { q: "Hi" } } });
    expect(response.status).toBe(200);
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
    const answer = await response.json();
    expect(answer).toEqual({
      runId: expect.any(String),
      status: "success",
      outputs: { answer: "Result: Answer: Hi", raw: "Answer: Hi" },
      finishReason: "stop",
      usage: { inputTokens: expect.any(Number), outputTokens: expect.any(Number) },
      costUsd: (answer.usage.inputTokens + 2 * answer.usage.outputTokens) / 1_000_000,
      durationMs: expect.any(Number),
    });
  });

  it("that reached no output is told apart from one that did, whole and streamed, and in the record", async () => {
    const node = (id: string, type: string, config: GraphNode["config"]) => ({
      id,
      type,
      typeVersion: 1,
      config,
      disabled: false,
    });
    const document = {
      ...emptyDocument,
      nodes: [
        node("in", "io/input", { fields: [{ name: "q" }] }),
        node("if", "flow/branch", { conditions: [{ operator: "contains", value: "refund" }] }),
        node("out", "io/output", { outputs: [{ name: "answer" }] }),
      ],
      edges: [
        { id: "a", from: { node: "in", port: "q" }, to: { node: "if", port: "value" } },
        { id: "b", from: { node: "if", port: "yes" }, to: { node: "out", port: "answer" } },
      ],
    };
    const { id: pipelineId } = await workspace.api.pipeline.create({ name: "Some", document });
    const { slug } = await workspace.api.deployment.publish({ pipelineId, revision: 1, slug: "only-refunds" });
    const answer = async (q: string) => (await call(slug, { body: { inputs: { q } } })).json();
    expect(await answer("a refund")).toMatchObject({ status: "success", outputs: { answer: "a refund" } });
    const empty = await answer("hello");
    expect(empty).toMatchObject({ status: "empty", outputs: {} });
    const streamed = await read(await call(slug, { body: { inputs: { q: "hello" }, stream: true } }));
    expect(streamed.at(-1)).toMatchObject({ event: "run-end", data: { status: "empty", outputs: {} } });
    await liveRunsOf(database).get(empty.runId)?.finished;
    const { items } = await workspace.api.run.list({ pipelineId, status: "empty" });
    expect(items.map(({ id }) => id)).toContain(empty.runId);
  });

  it("is recorded like every run, behind the answer", async () => {
    const { slug, id } = await publish("echo");
    const { runId } = await (await call(slug)).json();
    await liveRunsOf(database).get(runId)?.finished;
    const { summary, events } = await workspace.api.run.get({ id: runId });
    expect(summary).toMatchObject({ trigger: "api", status: "success", outputTokens: expect.any(Number) });
    expect(events.at(-1)).toMatchObject({ type: "run-end", outcome: "success" });
    const row = await database.prisma.run.findUniqueOrThrow({ where: { id: runId } });
    expect(row).toMatchObject({ deploymentId: id, apiKeyId: expect.any(String) });
    const { items } = await workspace.api.deployment.list({});
    expect(items.find((item) => item.id === id)).toMatchObject({ requestsLast24h: 1 });
  });

  it("runs the published version, whatever the draft has become", async () => {
    const { slug, pipeline } = await publish("echo");
    await workspace.api.pipeline.save({ id: pipeline.id, baseRevision: 1, document: chatDocument("error-401") });
    expect((await call(slug)).status).toBe(200);
    expect(await workspace.api.deployment.get({ pipelineId: pipeline.id })).toMatchObject({ upToDate: false });
    await workspace.api.deployment.publish({ pipelineId: pipeline.id, revision: 2, slug });
    expect((await call(slug)).status).toBe(502);
  });

  it("is cancelled when its caller has gone", async () => {
    const { slug } = await publish("never");
    const gone = new AbortController();
    const before = server.requests.length;
    const response = call(slug, { signal: gone.signal });
    await server.received(before + 1);
    gone.abort();
    const { status, runId } = await refusal(await response);
    expect(status).toBe(499);
    await liveRunsOf(database).get(runId)?.finished;
    expect(await workspace.api.run.get({ id: runId })).toMatchObject({ summary: { status: "aborted" } });
  });
});

describe("a refusal says what to do and nothing of the inside:", () => {
  it.each([
    [{ graph: {} }, ["graph"]],
    [{ inputs: { q: "x" }, data: 1, overrides: {} }, ["data", "overrides"]],
    [{ inputs: [] }, ["inputs"]],
    [{ inputs: { q: "x" }, stream: "yes" }, ["stream"]],
    [[], ["body"]],
    [null, ["body"]],
  ])("the body %j", async (body, fields) => {
    const { slug } = await publish("echo");
    const before = server.requests.length;
    const refused = await refusal(await call(slug, { body }));
    expect(refused).toMatchObject({ status: 400, code: "request-invalid", hint: expect.stringContaining("inputs") });
    expect(Object.keys(refused.fields)).toEqual(fields);
    expect(server.requests.length).toBe(before);
  });

  it.each([
    ["{", 400, "not-json"],
    ["[".repeat(200), 400, "too-deep"],
    [`{"inputs":{"q":"${"x".repeat(publishedLimits.requestBytes)}"}}`, 413, "too-large"],
  ])("a body that is no request: %#", async (text, status, code) => {
    const { slug } = await publish("echo");
    expect(await refusal(await call(slug, { text }))).toMatchObject({ status, code });
  });

  it.each([
    [{}, { q: '"q" is required.' }],
    [{ q: "x".repeat(101) }, { q: '"q" has 101 characters; at most 100 are allowed.' }],
    [{ q: [7] }, { q: '"q" must be a text, not list.' }],
    [{ q: "x", more: 1 }, { more: 'There is no field "more". The fields are: q.' }],
  ])("the inputs %j", async (inputs, fields) => {
    const { slug } = await publish("echo");
    expect(await refusal(await call(slug, { body: { inputs } }))).toMatchObject({
      status: 400,
      code: "input-invalid",
      fields,
    });
  });

  it.each([
    ["error-401", 502, "model-unauthorized", null],
    ["error-429", 429, "model-rate-limited", "2"],
    ["error-429-90", 429, "model-rate-limited", "90"],
    ["not-json", 502, "model-protocol", null],
  ])("a model server that answers %s", async (model, status, code, retryAfter) => {
    const { slug } = await publish(model);
    const answer = await call(slug);
    expect(answer.headers.get("retry-after")).toBe(retryAfter);
    const refused = await refusal(answer);
    expect(refused).toMatchObject({
      status,
      code,
      runId: expect.any(String),
      message: "The pipeline could not answer.",
    });
    expect(JSON.stringify(refused)).not.toMatch(/127\.0\.0\.1|fake|Answer:/);
  });

  it.each([
    [undefined, "key-missing"],
    ["", "key-missing"],
    ["Bearer pw_", "key-unknown"],
    ["Bearer null", "key-missing"],
    [`Basic ${"x".repeat(40)}`, "key-missing"],
    [`Bearer pw_${"x".repeat(43)}`, "key-unknown"],
  ])("the key %j", async (authorization, code) => {
    const { slug } = await publish("echo");
    const refused = await refusal(await call(slug, { headers: { authorization: authorization ?? "" } }));
    expect(refused).toMatchObject({ status: 401, code });
  });

  it("a key that was revoked, at once, though it was used a moment before", async () => {
    const { slug } = await publish("echo");
    const created = await workspace.api.apiKey.create({ name: "Short" });
    const headers = { authorization: `Bearer ${created.key}` };
    expect((await call(slug, { headers })).status).toBe(200);
    await workspace.api.apiKey.revoke({ id: created.id });
    expect((await call(slug, { headers })).status).toBe(401);
  });

  it("a key that has expired", async () => {
    const { slug } = await publish("echo");
    const created = await workspace.api.apiKey.create({ name: "Old", expiresInDays: 1 });
    await database.prisma.apiKey.update({ where: { id: created.id }, data: { expiresAt: new Date(Date.now() - 1) } });
    expect((await call(slug, { headers: { authorization: `Bearer ${created.key}` } })).status).toBe(401);
  });

  it("an address that nobody has, and one in another workspace, alike", async () => {
    const { slug } = await publish("echo");
    const stranger = callerOf(database, await addMember(database, "owner"));
    const { key: foreign } = await stranger.apiKey.create({ name: "Foreign" });
    const theirs = await refusal(await call(slug, { headers: { authorization: `Bearer ${foreign}` } }));
    expect(theirs).toEqual(await refusal(await call("nobody-has-this")));
    expect(theirs).toMatchObject({ status: 404, code: "not-found" });
  });

  it("a pipeline that is paused, at once, until it is taken up again", async () => {
    const { slug, id } = await publish("echo");
    expect((await call(slug)).status).toBe(200);
    await workspace.api.deployment.setActive({ id, active: false });
    expect(await refusal(await call(slug))).toMatchObject({ status: 503, code: "paused" });
    await workspace.api.deployment.setActive({ id, active: true });
    expect((await call(slug)).status).toBe(200);
  });
});

describe("what a body says", () => {
  it("about streaming counts more than what the header asks for", async () => {
    const { slug } = await publish("echo");
    const accept = "text/event-stream";
    const whole = await call(slug, { body: { inputs: { q: "Hi" }, stream: false }, headers: { accept } });
    expect(whole.headers.get("content-type")).toBe("application/json");
    const not = { accept: "application/json, text/event-stream;q=0" };
    expect((await call(slug, { headers: not })).headers.get("content-type")).toBe("application/json");
    const both = { accept: "application/json;q=0.5, text/event-stream;q=0.9" };
    expect((await call(slug, { headers: both })).headers.get("content-type")).toMatch("text/event-stream");
  });

  it.each([
    ['{"inputs":{"q":"a","q":"b"}}', "duplicate-key", "inputs.q"],
    ['{"inputs":{"q":"a"},"inputs":{"q":"b"}}', "duplicate-key", "inputs"],
    ['{"inputs":{"__proto__":"a"}}', "input-invalid", "inputs"],
    ['{"inputs":{"q":["a"]}}', "input-invalid", "q"],
  ])("is refused by name: %s", async (text, code, field) => {
    const { slug } = await publish("echo");
    const refused = await refusal(await call(slug, { text }));
    expect(refused).toMatchObject({ status: 400, code });
    expect(Object.keys(refused.fields)).toContain(field);
  });

  it("keeps every digit of a long number", async () => {
    const { slug } = await publish("echo");
    const answer = await (await call(slug, { text: '{"inputs":{"q":12345678901234567891}}' })).json();
    expect(answer.outputs.raw).toBe("Answer: 12345678901234567891");
  });
});

describe("a stream", () => {
  it("ends with what the run took, as the whole answer does, also where it was taken up again at its end", async () => {
    const { slug } = await publish("echo");
    const sent = await read(await call(slug, { body: { inputs: { q: "Hi" }, stream: true } }));
    const { usage, costUsd } = await (await call(slug)).json();
    const last = sent.at(-1);
    expect(last?.data).toMatchObject({ usage, costUsd, durationMs: expect.any(Number) });
    const runId = last?.data.runId ?? "";
    await liveRunsOf(database).get(runId)?.finished;
    const again = await read(await resume(slug, runId, sent.at(-2)?.id));
    expect(again).toEqual([last]);
  });

  it.each([
    ["asked for in the body", { body: { inputs: { q: "Hi" }, stream: true } }],
    ["asked for in the header", { headers: { accept: "text/event-stream" } }],
  ])("%s sends the public events as they come", async (_, how) => {
    const { slug } = await publish("echo");
    const response = await call(slug, how);
    expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    const sent = await read(response);
    const steps = sent
      .filter(({ event }) => event?.startsWith("step"))
      .map(({ event, data }) => `${event} ${data.step}`);
    expect(steps).toEqual([
      "step-start Template",
      "step-end Template",
      "step-start Model",
      "step-end Model",
      "step-start Template",
      "step-end Template",
    ]);
    const deltas = sent
      .filter(({ event, data }) => event === "output-delta" && data.output === "raw")
      .map(({ data }) => data.delta);
    expect(deltas.join("")).toBe("Answer: Hi");
    expect(sent.at(-1)).toMatchObject({
      event: "run-end",
      data: { status: "success", outputs: { answer: "Result: Answer: Hi" } },
    });
    const ids = sent.map(({ id }) => Number(id));
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
  });

  it("that breaks goes on after the last event that arrived, while the run is under way and when it has ended", async () => {
    const { slug } = await publish("fake-0-10-100");
    const first = await read(
      await call(slug, { body: { inputs: { q: "x" }, stream: true } }),
      ({ event }) => event === "output-delta",
    );
    const runId = first[0]?.data.runId ?? "";
    const last = first.at(-1)?.id ?? "";
    const live = await read(await resume(slug, runId, last));
    await liveRunsOf(database).get(runId)?.finished;
    const stored = await read(await resume(slug, runId, last));
    expect(stored).toEqual(live);
    const whole = await read(await resume(slug, runId));
    expect([...first, ...live]).toEqual(whole);
    const text = whole
      .filter(({ event }) => event === "output-delta")
      .map(({ data }) => data.delta)
      .join("");
    expect(whole.at(-1)?.data.outputs).toMatchObject({ raw: text });
  });

  it("of a failed run ends with an error for callers", async () => {
    const { slug } = await publish("error-401");
    const response = await call(slug, { body: { inputs: { q: "x" }, stream: true } });
    expect(response.status).toBe(200);
    const end = (await read(response)).at(-1);
    expect(end).toMatchObject({
      event: "run-end",
      data: { status: "failure", error: { code: "model-unauthorized", message: "The pipeline could not answer." } },
    });
  });

  it("of a run of another pipeline, another workspace or no run at all is refused", async () => {
    const { slug } = await publish("echo");
    const { slug: other } = await publish("echo");
    const { runId } = await (await call(slug)).json();
    await liveRunsOf(database).get(runId)?.finished;
    const stranger = callerOf(database, await addMember(database, "owner"));
    const { key: foreign } = await stranger.apiKey.create({ name: "Foreign" });
    for (const response of [
      await resume(other, runId),
      await resume(slug, "none"),
      await resume(slug, runId, undefined, foreign),
    ]) {
      expect(response.status).toBe(404);
    }
  });

  it("after a restart of the app takes back what was never stored", async () => {
    const { slug } = await publish("echo");
    const { runId } = await (await call(slug)).json();
    await liveRunsOf(database).get(runId)?.finished;
    const log = await readRunLog(database, runId);
    const again = log.findIndex((event) => event.type === "node-delta");
    await database.prisma.run.update({ where: { id: runId }, data: { resumedAt: [again] } });
    const sent = await read(await resume(slug, runId, String(again + 50)));
    expect(sent[0]?.id).toBe(`${again}.1`);
    const kept = await read(await resume(slug, runId, `${again}.1`));
    expect(kept).toEqual(sent.slice(sent.findIndex(({ id }) => id === `${again}.1`) + 1));
  });
});

it("a key beyond its share is refused with a time to come back, another is not, and it is taken again when a run has ended", async () => {
  const { slug } = await publish("never");
  const { slug: well } = await publish("echo");
  const runs = liveRunsOf(database);
  const gone = new AbortController();
  const flood = Array.from({ length: publishedAtOnce }, () => call(slug, { signal: gone.signal }));
  const refused = await Promise.race(flood);
  expect(refused.headers.get("retry-after")).toBe("1");
  expect(await refusal(refused)).toMatchObject({ status: 429, code: "too-many-runs" });
  const share = Math.floor(publishedAtOnce / 3);
  while (runs.published < share) await new Promise((resolve) => setImmediate(resolve));
  expect(runs.published).toBeLessThan(share + 3);
  const other = await workspace.api.apiKey.create({ name: "Other" });
  const headers = { authorization: `Bearer ${other.key}` };
  const answers = await Promise.all(Array.from({ length: 20 }, () => call(well, { headers })));
  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
  gone.abort();
  await Promise.all(flood);
  expect((await call(well)).status).toBe(200);
});

describe("while the disk is full", () => {
  it("a call is refused before anything is lost, and taken again when there is room", async () => {
    const { slug } = await publish("echo");
    const at = { free: 0 };
    const disk = new Disk({ read: async () => at.free, reserved: 10 });
    const said = vi.spyOn(console, "error").mockImplementation(() => {});
    useDisk(database, disk);
    await disk.look();
    const before = await database.prisma.run.count();
    const response = await call(slug);
    expect(response.headers.get("retry-after")).toBe("30");
    expect(await refusal(response)).toMatchObject({ status: 503, code: "disk-full" });
    expect(await database.prisma.run.count()).toBe(before);
    at.free = 100;
    await disk.look();
    expect((await call(slug)).status).toBe(200);
    said.mockRestore();
  });
});

// The last one: from then on this database's app is leaving.
it("an app that is asked to end answers who can be answered, tells the others where to go on, and takes nothing new", async () => {
  const [quick, never] = [await publish("fake-0-10-100"), await publish("never")];
  const streamed = await call(never.slug, { body: { inputs: { q: "Hi" }, stream: true } });
  const waited = call(never.slug);
  const answered = call(quick.slug);
  const runs = liveRunsOf(database);
  while (runs.published < 3) await new Promise((resolve) => setImmediate(resolve));
  const left = runs.leave(3_000);

  const refused = await call(quick.slug);
  expect(refused.headers.get("retry-after")).toBe("5");
  expect(await refusal(refused)).toMatchObject({ status: 503, code: "leaving" });
  expect((await answered).status).toBe(200);
  await left;
  const cut = await waited;
  expect(cut.headers.get("retry-after")).toBe("5");
  expect(await refusal(cut)).toMatchObject({ status: 503, code: "interrupted" });
  const text = await streamed.text();
  expect(text).toMatch(/event: interrupted\ndata: {"runId":"[0-9a-f-]+",/);
  await runs.recorder.flush();
  for (const id of runs.ids) {
    expect(await database.prisma.run.findUnique({ where: { id } })).toMatchObject({ status: "running" });
    runs.get(id)?.cancel();
  }
});
