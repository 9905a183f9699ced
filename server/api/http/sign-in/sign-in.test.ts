import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { authLimits } from "@/server/platform/auth/auth-limits";
import { authSecret } from "@/server/platform/auth/auth-secret";
import { createSignInLink } from "@/server/platform/auth/create-sign-in-link";
import { ensureLocalOwner, type LocalOwner } from "@/server/platform/auth/ensure-local-owner";
import { identify } from "@/server/platform/auth/identify";
import type { Database } from "@/server/platform/db/database";
import { readAddress } from "@/server/platform/guard/address";
import { guardRoute } from "@/server/platform/route/route";
import { openTestDatabase } from "@/server/testing/test-database";
import { callerOf } from "@/server/testing/workspace-fixture";
import { followLink } from "./follow-link";
import { signIn } from "./sign-in";
import { signOut } from "./sign-out";

const origin = "http://127.0.0.1:3000";
const password = "correct horse battery";

const writes: typeof globalThis & { pipewrightWritesAddresses?: boolean } = globalThis;
let opened: Database;
let database: Database;
let owner: LocalOwner;
const open = async () => database;
const routes = {
  link: guardRoute({ auth: "public" }, followLink, open),
  signIn: guardRoute({ auth: "public" }, signIn, open),
  signOut: guardRoute({ auth: "public" }, signOut, open),
};
const next = { params: Promise.resolve({}) };

const follow = (search: string) =>
  routes.link(new Request(`${origin}/api/auth/link${search}`, { headers: { host: "127.0.0.1:3000" } }), next);
const post = (route: typeof routes.signIn, body: unknown, headers: Record<string, string> = {}) =>
  route(
    new Request(`${origin}/api/auth`, {
      method: "POST",
      body: typeof body === "string" ? body : JSON.stringify(body),
      headers: { host: "127.0.0.1:3000", origin, "content-type": "application/json", ...headers },
    }),
    next,
  );

const newLink = async (): Promise<string> => {
  const link = await createSignInLink({
    database: database,
    secret: authSecret(),
    address: readAddress({}),
    email: owner.email,
  });
  return new URL(link).search;
};

const cookieOf = (response: Response): Headers => {
  const cookie = response.headers.getSetCookie().map((line) => line.split(";", 1)[0]);
  return new Headers({ cookie: cookie.join("; ") });
};
const who = (headers: Headers) => identify(database, headers);

const signedIn = async (): Promise<Headers> => cookieOf(await follow(await newLink()));

beforeAll(async () => {
  // As our own server does, which writes the address over what the client sent.
  writes.pipewrightWritesAddresses = true;
  process.env.PIPEWRIGHT_SECRET_KEY = Buffer.alloc(32, 1).toString("base64");
  opened = await openTestDatabase();
});
beforeEach(async () => {
  // Attempts are counted for each opened database, so a fresh handle starts them anew.
  database = { ...opened };
  await database.prisma.verification.deleteMany();
  await database.prisma.user.deleteMany();
  await database.prisma.workspace.deleteMany();
  owner = await ensureLocalOwner(database);
});
afterAll(async () => {
  delete writes.pipewrightWritesAddresses;
  delete process.env.PIPEWRIGHT_SECRET_KEY;
  await opened.close();
});

describe("the printed link", () => {
  it("signs the owner in with a cookie that scripts and other sites cannot use", async () => {
    const response = await follow(await newLink());
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe("/");
    const [cookie = ""] = response.headers.getSetCookie();
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(cookie).toMatch(/^pipewright-3000\./);
    expect(await who(cookieOf(response))).toMatchObject({
      userId: owner.userId,
      workspaceId: owner.workspaceId,
      role: "owner",
    });
  });

  it("works once", async () => {
    const link = await newLink();
    await follow(link);
    const again = await follow(link);
    expect(again.headers.get("location")).toBe("/sign-in?error=link-invalid");
    expect(again.headers.getSetCookie()).toEqual([]);
  });

  it("works once even when followed many times at the same moment", async () => {
    const link = await newLink();
    const answers = await Promise.all(Array.from({ length: 8 }, () => follow(link)));
    expect(answers.filter((answer) => answer.headers.get("location") === "/")).toHaveLength(1);
  });

  it("expires", async () => {
    const link = await newLink();
    const lasting = await database.prisma.verification.findFirstOrThrow();
    expect(lasting.expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(15 * 60_000);
    await database.prisma.verification.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
    expect((await follow(link)).headers.get("location")).toBe("/sign-in?error=link-invalid");
  });

  it("replaces the one before", async () => {
    const earlier = await newLink();
    await newLink();
    expect((await follow(earlier)).headers.get("location")).toBe("/sign-in?error=link-invalid");
  });

  it("is kept as a hash", async () => {
    const token = new URLSearchParams(await newLink()).get("token") ?? "";
    expect(token).toHaveLength(32);
    expect(JSON.stringify(await database.prisma.verification.findMany())).not.toContain(token);
  });

  it.each([
    ["no token", ""],
    ["an empty token", "?token="],
    ["null", "?token=null"],
    ["undefined", "?token=undefined"],
    ["an unknown token", `?token=${"a".repeat(32)}`],
    ["two tokens", `?token=${"a".repeat(32)}&token=${"b".repeat(32)}`],
    ["a list", "?token[]=a"],
    ["a very long token", `?token=${"a".repeat(9000)}`],
  ])("answers %s like any link that does not work", async (_, search) => {
    await newLink();
    const response = await follow(search);
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe("/sign-in?error=link-invalid");
  });

  it("does not let itself be guessed", async () => {
    const tries = Array.from({ length: authLimits.linkAttempts + 1 }, () => follow(`?token=${"b".repeat(32)}`));
    const places = (await Promise.all(tries)).map((answer) => answer.headers.get("location"));
    expect(places).toContain("/sign-in?error=too-many-requests");
  });

  it("is not followed to another place", async () => {
    const response = await follow(`${await newLink()}&callbackURL=https://evil.example&next=//evil.example`);
    expect(response.headers.get("location")).toBe("/");
  });
});

describe("a password", () => {
  const setPassword = async (headers: Headers, input: { newPassword: string; currentPassword?: string }) =>
    callerOf(database, await who(headers)).account.setPassword(input);

  it("signs in once it is set", async () => {
    const first = await signedIn();
    expect(await callerOf(database, await who(first)).account.get()).toMatchObject({
      hasPassword: false,
      role: "owner",
    });
    await setPassword(first, { newPassword: password });
    const response = await post(routes.signIn, { email: owner.email, password });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ ok: true });
    expect(await who(cookieOf(response))).toMatchObject({ userId: owner.userId });
  });

  it("gets the same answer when it is wrong, when nobody has that e-mail, and when the input is nonsense", async () => {
    await setPassword(await signedIn(), { newPassword: password });
    const answers = [];
    for (const body of [
      { email: owner.email, password: "wrong password" },
      { email: "nobody@example.com", password },
      { email: "not an e-mail", password },
      { email: null, password: null },
      { email: owner.email, password: "x".repeat(authLimits.passwordMax + 1) },
      { email: owner.email, password, callbackURL: "https://evil.example" },
    ]) {
      const response = await post(routes.signIn, body);
      answers.push(`${response.status} ${await response.text()} ${response.headers.getSetCookie()}`);
    }
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^401 .*credentials-wrong/);
  });

  it("cannot be tried out, whatever address the caller claims", async () => {
    await setPassword(await signedIn(), { newPassword: password });
    const attempts = [];
    for (let attempt = 0; attempt <= authLimits.wrongPasswords; attempt += 1) {
      attempts.push(
        await post(
          routes.signIn,
          { email: owner.email, password: "wrong one" },
          { "x-forwarded-for": `10.0.0.${attempt}` },
        ),
      );
    }
    expect(attempts.at(-1)?.status).toBe(429);
    expect(Number(attempts.at(-1)?.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  it("lets its owner in from another address while somebody guesses, and the audit log tells where from", async () => {
    await setPassword(await signedIn(), { newPassword: password });
    const from = (address: string) => ({ "x-pipewright-client-address": address, "user-agent": "Guesser/1" });
    for (let attempt = 0; attempt < authLimits.wrongPasswords; attempt += 1)
      await post(routes.signIn, { email: owner.email, password: "wrong one" }, from("203.0.113.7"));
    const right = { email: owner.email, password };
    expect((await post(routes.signIn, right, from("203.0.113.7"))).status).toBe(429);
    const response = await post(routes.signIn, right, from("198.51.100.1"));
    expect(response.status).toBe(200);
    const member = await who(cookieOf(response));
    const { items } = await callerOf(database, member).audit.list({ query: "guessed" });
    expect(items).toMatchObject([{ user: null, address: "203.0.113.7", userAgent: "Guesser/1" }]);
  });

  it("is not taken from another site, nor as a form or plain text", async () => {
    await setPassword(await signedIn(), { newPassword: password });
    const body = { email: owner.email, password };
    expect((await post(routes.signIn, body, { origin: "https://evil.example" })).status).toBe(403);
    expect(
      (await post(routes.signIn, body, { host: "rebound.example", origin: "http://rebound.example" })).status,
    ).toBe(421);
    expect((await post(routes.signIn, body, { "content-type": "text/plain" })).status).toBe(415);
    const form = new URLSearchParams(body).toString();
    expect((await post(routes.signIn, form, { "content-type": "application/x-www-form-urlencoded" })).status).toBe(415);
  });

  it("is changed only by who knows it, and that ends all other sessions", async () => {
    const first = await signedIn();
    const second = await signedIn();
    await setPassword(first, { newPassword: password });
    expect(await who(second)).toBeNull();
    for (const currentPassword of [undefined, "wrong password"]) {
      await expect(
        setPassword(first, { newPassword: "another password", ...(currentPassword && { currentPassword }) }),
      ).rejects.toMatchObject({
        details: { reason: "password-wrong" },
      });
    }
    await setPassword(first, { newPassword: "another password", currentPassword: password });
    expect((await post(routes.signIn, { email: owner.email, password })).status).toBe(401);
    expect((await post(routes.signIn, { email: owner.email, password: "another password" })).status).toBe(200);
  });

  it.each([
    ["empty", ""],
    ["short", "short"],
    ["too long", "x".repeat(authLimits.passwordMax + 1)],
  ])("is refused when it is %s", async (_, newPassword) => {
    await expect(setPassword(await signedIn(), { newPassword })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  it("is kept as a slow hash and never shown", async () => {
    const headers = await signedIn();
    await setPassword(headers, { newPassword: password });
    const [account] = await database.prisma.account.findMany();
    expect(account?.password).not.toContain(password);
    const shown = await callerOf(database, await who(headers)).account.get();
    expect(JSON.stringify(shown)).not.toContain(account?.password);
  });
});

describe("a session", () => {
  it("ends with signing out", async () => {
    const headers = await signedIn();
    const response = await post(routes.signOut, {}, { cookie: headers.get("cookie") ?? "" });
    expect(response.status).toBe(200);
    expect(await who(headers)).toBeNull();
  });

  it("is listed with its address and device, and signed out from another one, alone or with all others", async () => {
    const sessions = [await signedIn(), await signedIn(), await signedIn()] as const;
    const [first, second, third] = sessions;
    const seen = new Headers(second);
    seen.set("x-pipewright-client-address", "203.0.113.7");
    await who(seen);
    const api = async (headers: Headers) => callerOf(database, await who(headers));
    const listed = async () => (await api(first)).account.sessions();
    await expect.poll(async () => (await listed()).map(({ address }) => address)).toContain("203.0.113.7");
    expect((await listed()).map(({ current }) => current)).toEqual([true, false, false]);
    const theirs = (await listed()).find(({ address }) => address === "203.0.113.7");
    await (await api(first)).account.endSession({ id: theirs?.id ?? "" });
    expect(await who(second)).toBeNull();
    expect(await (await api(first)).account.endOtherSessions()).toEqual({ ended: 1 });
    expect(await who(third)).toBeNull();
    expect(await who(first)).not.toBeNull();
  });

  it("ends in time", async () => {
    const headers = await signedIn();
    await database.prisma.session.updateMany({ data: { expiresAt: new Date(Date.now() - 1) } });
    expect(await who(headers)).toBeNull();
  });

  it("is nothing without its signature, and nothing without a membership", async () => {
    const headers = await signedIn();
    const [{ token = "" } = {}] = await database.prisma.session.findMany();
    const name = headers.get("cookie")?.split("=", 1)[0];
    for (const value of [token, `${token}.forged`, "", "null"]) {
      expect(await who(new Headers({ cookie: `${name}=${value}` }))).toBeNull();
    }
    await database.prisma.membership.deleteMany();
    expect(await who(headers)).toBeNull();
  });
});

it("who came in, and how, is in the audit log", async () => {
  const headers = await signedIn();
  await callerOf(database, await who(headers)).account.setPassword({ newPassword: password });
  await post(routes.signIn, { email: owner.email, password: "wrong password" });
  await post(routes.signIn, { email: owner.email, password });
  const { items } = await callerOf(database, await who(headers)).audit.list({ query: "sign-in" });
  expect(items.map((item) => item.data)).toEqual([{ by: "password" }, { by: "link" }]);
});

it("the first start makes one owner and one workspace, and later starts find them", async () => {
  const again = await ensureLocalOwner(database);
  expect(again).toEqual(owner);
  expect(await database.prisma.workspace.count()).toBe(1);
  await database.prisma.user.update({ where: { id: owner.userId }, data: { email: "ada@example.com" } });
  expect(await ensureLocalOwner(database)).toEqual({ ...owner, email: "ada@example.com" });
});
