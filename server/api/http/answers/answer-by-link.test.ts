import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { escalateTasks } from "@/server/domain/inbox/expire-tasks";
import { inboxWorkspace } from "@/server/domain/inbox/inbox-fixture";
import { tellPeople } from "@/server/domain/inbox/mail/tell-people";
import type { Database } from "@/server/platform/db/database";
import { guardRoute } from "@/server/platform/route/route";
import { type MailSink, startMailSink } from "@/server/testing/mail-sink";
import { openTestDatabase } from "@/server/testing/test-database";
import { answerByLink } from "./answer-by-link";

let database: Database;
let sink: MailSink;
let house: Awaited<ReturnType<typeof inboxWorkspace>>;
beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
  [database, sink] = await Promise.all([openTestDatabase(), startMailSink()]);
  house = await inboxWorkspace(database);
  await setMail();
});
afterAll(() => Promise.all([database.close(), sink.close()]));
beforeEach(async () => {
  sink.refuseWith(null);
  // What the tests before left open is nobody's business here.
  await database.prisma.inboxTask.updateMany({ data: { tellAt: null } });
  (sink.mails as string[]).splice(0);
});

const setMail = (more: object = {}) =>
  house.api.inbox.setMail({
    host: "127.0.0.1",
    port: sink.port,
    security: "none",
    username: "me",
    password: "canary-secret",
    sender: "pipewright@example.com",
    ...more,
  });
const route = guardRoute({ auth: "public" }, answerByLink, async () => database);
const answer = async (token: string, body: unknown, origin = "http://127.0.0.1:3000") => {
  const request = new Request(`http://127.0.0.1:3000/api/answers/${token}`, {
    method: "POST",
    headers: { "content-type": "application/json", host: "127.0.0.1:3000", origin },
    body: JSON.stringify(body),
  });
  const response = await route(request, { params: Promise.resolve({ token }) });
  return { status: response.status, json: await response.json() };
};
const plain = (mail: string) => mail.replace(/=\r\n/g, "");
const tokenIn = (mail: string) => /\/answer\/([\w-]{32})/.exec(plain(mail))?.[1] ?? "";
const ask = async (config: Readonly<Record<string, unknown>>, q?: string) => {
  const asked = await house.waiting(await house.pipeline(config), q);
  expect(await tellPeople(database)).toBe(sink.mails.length);
  return { ...asked, mails: [...sink.mails] };
};
const emailOf = async (member: { readonly userId: string }) =>
  (await database.prisma.user.findUniqueOrThrow({ where: { id: member.userId } })).email;

describe("mail", () => {
  it("goes to whoever is asked, once, in both languages, and holds nothing of what is to be judged", async () => {
    const { mails } = await ask({ title: "Line\r\nBcc: eve@example.com" }, "The secret of Ms. Lovelace");
    expect(mails).toHaveLength(3);
    expect(await tellPeople(database)).toBe(0);
    for (const mail of mails) {
      expect(mail).toContain("multipart/alternative");
      expect(plain(mail)).not.toContain("Lovelace");
      expect(mail).not.toMatch(/^Bcc:/m);
      expect(tokenIn(mail)).toHaveLength(32);
    }
    expect(new Set(mails.map(tokenIn)).size).toBe(3);
  });

  it("is tried again where the server refuses, later, and not for ever; the run waits all the same", async () => {
    sink.refuseWith("450 Later");
    const { id } = await house.waiting(await house.pipeline({ emails: [await emailOf(house.editor)] }));
    let now = Date.now();
    for (let tried = 0; tried < 10; tried++) {
      expect(await tellPeople(database, new Date(now))).toBe(0);
      now += 6 * 3_600_000;
    }
    expect(await database.prisma.inboxTask.findUniqueOrThrow({ where: { id } })).toMatchObject({
      tellTries: 5,
      tellAt: null,
      state: "open",
    });
    expect(await database.prisma.inboxLink.count({ where: { taskId: id } })).toBe(0);
  });

  it("tells the next role when it is asked, and nobody twice", async () => {
    const { id, mails } = await ask({ role: "owner", escalateMinutes: 1, escalateTo: "editor" });
    expect(mails).toHaveLength(1);
    const later = new Date(Date.now() + 61_000);
    expect(await escalateTasks(database, later)).toEqual([id]);
    expect(await tellPeople(database, later)).toBe(2);
  });

  it("never shows its password, and refuses addresses that are never called", async () => {
    expect(JSON.stringify(await house.api.inbox.mail())).not.toContain("canary");
    const rows = await database.query<{ text: string }>(`SELECT "MailSettings"::text AS text FROM "MailSettings"`);
    expect(JSON.stringify(rows)).not.toContain("canary");
    await setMail({ host: "169.254.169.254" });
    await expect(house.api.inbox.testMail({})).rejects.toThrow("Link-local addresses are never called");
    await expect(setMail({ host: "127.0.0.1\r\nX: y" })).rejects.toThrow();
    await expect(house.as(house.editor).inbox.mail()).rejects.toThrow('This needs the role "owner"');
    await setMail();
    expect(await house.api.inbox.testMail({})).toEqual({ to: await emailOf(house.owner) });
    expect(sink.mails).toHaveLength(1);
  });
});

describe("a mailed link", () => {
  it("answers after everything was restarted, once, for the person it was made for", async () => {
    const { runId, mails } = await ask({ kind: "edit", emails: [await emailOf(house.editor)] });
    await house.restart();
    const token = tokenIn(mails[0] ?? "");
    expect(await answer(token, { action: "approve", value: "Very sorry" })).toEqual({
      status: 200,
      json: { state: "approved", missing: 0 },
    });
    expect((await house.ended(runId)).status).toBe("success");
    const again = await answer(token, { action: "reject" });
    expect(again).toMatchObject({ status: 409, json: { error: { code: "review-closed" } } });
    expect(await database.prisma.inboxDecision.findMany({ where: { task: { runId } } })).toMatchObject([
      { reviewer: `user:${house.editor.userId}`, via: "link", isEdit: true },
    ]);
  });

  it("sent many times at once answers once", async () => {
    const { mails, runId } = await ask({ emails: [await emailOf(house.editor)] });
    const token = tokenIn(mails[0] ?? "");
    const all = await Promise.all(Array.from({ length: 10 }, () => answer(token, { action: "approve" })));
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(all.filter(({ status }) => status === 409)).toHaveLength(9);
    await house.ended(runId);
  });

  it("is not spent where the answer could not be stored", async () => {
    const { mails, runId } = await ask({ emails: [await emailOf(house.editor)] });
    const token = tokenIn(mails[0] ?? "");
    const away = {
      ...database,
      query: (text: string, parameters?: unknown[]) =>
        text.includes('"changed"') ? Promise.reject(new Error("gone")) : database.query(text, parameters),
    } as Database;
    const body = JSON.stringify({ action: "approve" });
    const request = new Request(`http://127.0.0.1:3000/api/answers/${token}`, {
      method: "POST",
      headers: { "content-type": "application/json", host: "127.0.0.1:3000", origin: "http://127.0.0.1:3000" },
      body,
    });
    const awayRoute = guardRoute({ auth: "public" }, answerByLink, async () => away);
    const failed = await awayRoute(request, { params: Promise.resolve({ token }) });
    expect(failed.status).toBeGreaterThanOrEqual(500);
    expect((await answer(token, { action: "approve" })).status).toBe(200);
    expect((await house.ended(runId)).status).toBe("success");
  });

  it("is given back where the answer did not fit", async () => {
    const { mails } = await ask({ kind: "choose", options: ["a", "b"], emails: [await emailOf(house.editor)] });
    const token = tokenIn(mails[0] ?? "");
    expect((await answer(token, { action: "approve", value: "c" })).status).toBe(400);
    expect((await answer(token, { action: "approve", role: "owner" })).status).toBe(400);
    expect((await answer(token, { action: "approve", value: "b" })).status).toBe(200);
  });

  it("holds the two-person rule: two links of two people, none twice", async () => {
    const emails = [await emailOf(house.editor), await emailOf(house.second)];
    const { mails, runId } = await ask({ reviewers: 2, emails });
    const [one = "", two = ""] = mails.map(tokenIn);
    expect((await answer(one, { action: "approve" })).json).toMatchObject({ state: "open", missing: 1 });
    expect((await answer(one, { action: "approve" })).status).toBe(409);
    expect((await answer(two, { action: "approve" })).json).toMatchObject({ state: "approved", missing: 0 });
    expect((await house.ended(runId)).status).toBe("success");
  });

  it.each(["", "null", "x".repeat(32)])("%s that nobody made answers as one that has expired does", async (token) => {
    const { mails, id } = await ask({ emails: [await emailOf(house.editor)] });
    const real = tokenIn(mails[0] ?? "");
    await database.prisma.inboxLink.updateMany({ where: { taskId: id }, data: { expiresAt: new Date(0) } });
    const expired = await answer(real, { action: "approve" });
    const foreign = await answer(token, { action: "approve" });
    expect(expired.status).toBe(404);
    expect(foreign).toEqual(expired);
  });

  it("of somebody who has left, of a changed row, or sent by another page, answers nothing", async () => {
    const { mails, id } = await ask({ emails: [await emailOf(house.second)] });
    const token = tokenIn(mails[0] ?? "");
    expect((await answer(token, { action: "approve" }, "https://evil.example")).status).toBe(403);
    await database.prisma.inboxLink.updateMany({ where: { taskId: id }, data: { userId: house.owner.userId } });
    expect((await answer(token, { action: "approve" })).status).toBe(404);
    await database.prisma.inboxLink.updateMany({ where: { taskId: id }, data: { userId: house.second.userId } });
    const { workspaceId, userId } = house.second;
    await database.prisma.membership.delete({ where: { workspaceId_userId: { workspaceId, userId } } });
    expect((await answer(token, { action: "approve" })).status).toBe(404);
    await database.prisma.membership.create({ data: { workspaceId, userId, role: "editor" } });
  });

  it("is refused politely after the run was cancelled", async () => {
    const { mails, runId } = await ask({ emails: [await emailOf(house.editor)] });
    await house.api.run.cancel({ id: runId });
    const refused = await answer(tokenIn(mails[0] ?? ""), { action: "approve" });
    expect(refused).toMatchObject({
      status: 409,
      json: { error: { message: expect.stringContaining("run has ended") } },
    });
  });
});
