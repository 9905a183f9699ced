import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Database } from "@/server/platform/db/database";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";
import { mailServerOf } from "./mail-settings";

let database: Database;
let api: ReturnType<typeof callerOf>;
let workspaceId = "";
beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
  database = await openTestDatabase();
  const owner = await addMember(database, "owner");
  ({ workspaceId } = owner);
  api = callerOf(database, owner);
});
afterAll(() => database.close());

const place = { host: "smtp.example.com", port: 587, security: "starttls", username: "me" } as const;
const plain = { ...place, sender: "pipewright@example.com" };
beforeEach(() => api.inbox.setMail({ ...plain, password: "canary" }));

it.each([{ host: "smtp.example.org" }, { port: 25 }, { security: "none" as const }, { username: "eve" }])(
  "asks for the password again where %o changes, and changes nothing before",
  async (change) => {
    await expect(api.inbox.setMail({ ...plain, ...change })).rejects.toThrow("Enter the password again");
    expect(await mailServerOf(database, workspaceId)).toEqual({ ...plain, password: "canary" });
    await api.inbox.setMail({ ...plain, ...change, password: "other" });
    expect(await mailServerOf(database, workspaceId)).toEqual({ ...plain, ...change, password: "other" });
  },
);

it("keeps the password where only the sender changes, and takes it away where it is to be none", async () => {
  await api.inbox.setMail({ ...plain, sender: "other@example.com" });
  expect(await mailServerOf(database, workspaceId)).toMatchObject({ sender: "other@example.com", password: "canary" });
  await api.inbox.setMail({ ...plain, host: "smtp.example.org", password: "" });
  expect(await mailServerOf(database, workspaceId)).toMatchObject({ host: "smtp.example.org", password: null });
  await api.inbox.setMail(plain);
  expect(await mailServerOf(database, workspaceId)).toMatchObject({ host: "smtp.example.com", password: null });
});
