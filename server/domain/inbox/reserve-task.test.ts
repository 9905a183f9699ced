import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "@/server/platform/db/database";
import { openTestDatabase } from "@/server/testing/test-database";
import { expireTasks } from "./expire-tasks";
import { inboxWorkspace } from "./inbox-fixture";

let database: Database;
let house: Awaited<ReturnType<typeof inboxWorkspace>>;
beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
  database = await openTestDatabase();
  house = await inboxWorkspace(database);
});
afterAll(() => database.close());

const holder = async (id: string) => (await database.prisma.inboxTask.findUniqueOrThrow({ where: { id } })).reservedBy;
const approve = { action: "approve", note: "" } as const;

it("is for whoever may answer alone: not a viewer who is not asked, not an author, not who has approved", async () => {
  const { id } = await house.waiting(await house.pipeline({}));
  await expect(house.as(house.viewer).inbox.reserve({ id, reserve: true })).rejects.toThrow("for others to answer");
  expect(await holder(id)).toBeNull();
  const { id: own } = await house.waiting(await house.pipeline({ excludesAuthor: true }), "x", house.editor);
  await expect(house.as(house.editor).inbox.reserve({ id: own, reserve: true })).rejects.toThrow("made or started");
  expect(await holder(own)).toBeNull();
  const { id: two } = await house.waiting(await house.pipeline({ reviewers: 2 }));
  await house.as(house.editor).inbox.decide({ id: two, ...approve });
  await expect(house.as(house.editor).inbox.reserve({ id: two, reserve: true })).rejects.toThrow(
    "approved this already",
  );
  expect(await holder(two)).toBeNull();
});

it("is taken over by an owner, who may answer whoever has it open; who had it cannot take it back", async () => {
  const { id } = await house.waiting(await house.pipeline({}));
  await house.as(house.editor).inbox.reserve({ id, reserve: true });
  expect((await house.api.inbox.get({ id })).obstacle).toBeNull();
  expect(await house.api.inbox.reserve({ id, reserve: true })).toEqual({ id, isReserved: true });
  expect(await house.as(house.editor).inbox.reserve({ id, reserve: true })).toEqual({ id, isReserved: false });
  expect(await house.as(house.editor).inbox.reserve({ id, reserve: false })).toEqual({ id, isReserved: false });
  expect(await holder(id)).toBe(`user:${house.owner.userId}`);
  await expect(house.as(house.editor).inbox.decide({ id, ...approve })).rejects.toThrow("by somebody else");
  expect(await house.api.inbox.decide({ id, ...approve })).toMatchObject({ state: "approved" });
});

it("ends with the task's time and holds no time-out up", async () => {
  const { id } = await house.waiting(await house.pipeline({ dueMinutes: 1 }));
  await house.as(house.editor).inbox.reserve({ id, reserve: true });
  const { reservedUntil, dueAt } = await database.prisma.inboxTask.findUniqueOrThrow({ where: { id } });
  expect(reservedUntil).toEqual(dueAt);
  expect(await expireTasks(database, dueAt)).toBe(1);
  expect(await house.as(house.editor).inbox.reserve({ id, reserve: true })).toEqual({ id, isReserved: false });
});
