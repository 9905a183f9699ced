import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildDocument } from "@/runtime/testing/build-document";
import { maskOptions } from "@/server/domain/run/pause/mask-question";
import type { Database } from "@/server/platform/db/database";
import { openTestDatabase } from "@/server/testing/test-database";
import { inboxWorkspace } from "./inbox-fixture";

let database: Database;
let house: Awaited<ReturnType<typeof inboxWorkspace>>;
let email = "";
beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
  database = await openTestDatabase();
  house = await inboxWorkspace(database);
  ({ email } = await database.prisma.user.findUniqueOrThrow({ where: { id: house.viewer.userId } }));
});
afterAll(() => database.close());

const options = ["ada@example.com", "bob@example.com", "nobody"];
const choosing = async (masksPersonalData: boolean) => {
  const document = buildDocument(
    {
      in: { type: "io/input", config: { fields: [{ name: "list", kind: "json" }] } },
      look: { type: "flow/human-review", config: { kind: "choose", emails: [email], masksPersonalData } as never },
      out: { type: "io/output", config: { outputs: [{ name: "answer" }] } },
    },
    ["in.list > look.value", "look.approved > out.answer"],
  );
  const { id: pipelineId } = await house.api.pipeline.create({ name: "Choose", document });
  const { runId } = await house.api.run.start({ pipelineId, revision: 1, inputs: { list: options } });
  await house.ended(runId);
  const { id } = await database.prisma.inboxTask.findFirstOrThrow({ where: { runId } });
  return { runId, id };
};
const pausedIn = (events: readonly { readonly type: string }[]) =>
  JSON.stringify(events.filter(({ type }) => type === "node-paused"));
const watched = async (member: typeof house.owner, runId: string) => {
  const events: { readonly type: string }[] = [];
  const stream = await house.as(member).run.events({ runId });
  for await (const [, event] of stream as unknown as AsyncIterable<[string, { readonly type: string }]>) {
    events.push(event);
    if (event.type === "run-paused") break;
  }
  return events;
};

it("hides personal data in the options from viewers, who choose all the same what was meant", async () => {
  const { runId, id } = await choosing(true);
  const seen = await house.as(house.viewer).inbox.get({ id });
  expect(JSON.stringify(seen)).not.toMatch(/ada@|bob@/);
  expect(seen.options).toEqual(["[EMAIL_1]", "[EMAIL_1] (2)", "nobody"]);
  expect(seen.isMasked).toBe(true);
  expect((await house.as(house.editor).inbox.get({ id })).options).toEqual(options);
  const choice = { id, action: "approve", note: "", value: "[EMAIL_1] (2)" } as const;
  expect(await house.as(house.viewer).inbox.decide(choice)).toMatchObject({ state: "approved" });
  await house.ended(runId);
  const log = (await house.api.run.get({ id: runId })).events;
  expect(log.at(-1)).toMatchObject({ type: "run-end", outputs: { answer: "bob@example.com" } });
});

it("hides it in what the log of the run says was asked, however that is read; editors see it", async () => {
  const { runId } = await choosing(true);
  for (const events of [
    (await house.as(house.viewer).run.get({ id: runId })).events,
    await watched(house.viewer, runId),
  ]) {
    expect(pausedIn(events)).toContain("[EMAIL_1]");
    expect(pausedIn(events)).not.toMatch(/ada@|bob@/);
  }
  for (const events of [
    (await house.as(house.editor).run.get({ id: runId })).events,
    await watched(house.editor, runId),
  ])
    expect(pausedIn(events)).toContain("ada@example.com");
});

it("leaves the log as it is where the step does not mask", async () => {
  const { runId } = await choosing(false);
  expect(pausedIn((await house.as(house.viewer).run.get({ id: runId })).events)).toContain("ada@example.com");
});

it("keeps options apart whose rest is the same, also from one that is called so", async () => {
  const { value } = await maskOptions(["a@example.com", "[EMAIL_1] (2)", "b@example.com", "[EMAIL_1]"]);
  expect(new Set(value).size).toBe(4);
  expect(JSON.stringify(value)).not.toContain("@");
});
