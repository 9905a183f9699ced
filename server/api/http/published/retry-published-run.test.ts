import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildDocument } from "@/runtime/testing/build-document";
import { readRunLog } from "@/server/domain/run-log/read-run-log";
import { publishedFixture } from "./published-fixture";

let house: Awaited<ReturnType<typeof publishedFixture>>;
beforeAll(async () => {
  house = await publishedFixture(["erratic-3", "echo", "never"]);
});
afterAll(() => house.close());

const field = (name: string, kind: string) => ({ name, kind, ...(kind === "text" && { maxLength: 1_000 }) });
const container = (fields: object[], steps: Parameters<typeof buildDocument>[0], output: string, wires: string[]) =>
  buildDocument(
    {
      in: { type: "io/input", config: { fields: fields as never } },
      ...steps,
      out: { type: "io/output", config: { outputs: [{ name: output, title: "" }] } },
    },
    wires,
  );

/** A list goes through a map inside a loop inside a sub-pipeline; one item in three is refused by the model. */
const nested = () => {
  const item = container(
    [field("item", "text")],
    { chat: { type: "prompt/chat", config: { model: "fake/erratic-3", user: "{{text}}" } } },
    "said",
    ["in.item > chat.text", "chat.text > out.said"],
  );
  const round = container(
    [field("list", "json")],
    { map: { type: "flow/map", config: { concurrency: 1, onFailure: "collect" }, body: item } },
    "all",
    ["in.list > map.items", "map.said > out.all"],
  );
  const inner = container(
    [field("list", "json")],
    { loop: { type: "flow/loop", config: { maximum: 1 }, body: round } },
    "answer",
    ["in.list > loop.list", "loop.all > out.answer"],
  );
  return container([field("list", "json")], { sub: { type: "flow/sub-pipeline", body: inner } }, "answer", [
    "in.list > sub.list",
    "sub.answer > out.answer",
  ]);
};
const chats = () => house.server.requests.filter(({ path }) => path.endsWith("/chat/completions")).length;

describe("POST …/runs/{runId}/retry", () => {
  it("runs again the one item that failed, in a map in a loop in a sub-pipeline, and nothing else", async () => {
    const { slug } = await house.publishDocument("Nested", nested());
    const first = await (await house.post(slug, { inputs: { list: ["a", "b", "c", "d"] } })).json();
    expect(first.outputs.answer).toHaveLength(3);
    const before = chats();
    const response = await house.retry(slug, first.runId);
    const again = await response.json();
    expect([response.status, again.status]).toEqual([200, "success"]);
    expect(again.runId).not.toBe(first.runId);
    expect(again.outputs.answer).toHaveLength(4);
    expect(chats() - before).toBe(1);
    const started = (await readRunLog(house.database, again.runId)).flatMap((event) =>
      event.type === "node-start" ? [event.path.join("/")] : [],
    );
    expect(started.filter((path) => /map#\d+$/.test(path))).toEqual(["sub#0/loop#0/map#2"]);

    // Nothing of it failed: there is nothing to run again.
    const third = await house.retry(slug, again.runId);
    expect([third.status, (await third.json()).error.code]).toEqual([409, "nothing-to-retry"]);
  });

  it("is for the key that started the run, once it has ended", async () => {
    const { slug } = await house.publish("echo");
    const { runId } = await (await house.post(slug, { inputs: { q: "Hi" } })).json();
    const { key: other } = await house.api.apiKey.create({ name: "Other" });
    expect((await house.retry(slug, runId, other)).status).toBe(404);
    expect((await house.retry(slug, "unknown")).status).toBe(404);
    expect((await house.retry("no-such-pipeline", runId)).status).toBe(404);
    const { slug: slow } = await house.publish("never");
    const asked = house.server.requests.length;
    const accepted = await (await house.post(slow, { inputs: { q: "Hi" }, background: true })).json();
    await house.server.received(asked + 1);
    const early = await house.retry(slow, accepted.runId);
    expect([early.status, (await early.json()).error.code]).toEqual([409, "run-not-ended"]);
    await house.cancel(slow, accepted.runId);
  });
});
