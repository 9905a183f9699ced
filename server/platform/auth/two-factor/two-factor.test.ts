import { createHmac } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { followLink } from "@/server/api/http/sign-in/follow-link";
import { signIn } from "@/server/api/http/sign-in/sign-in";
import {
  confirmTwoFactor,
  removeTwoFactor,
  renewRecoveryCodes,
  setUpTwoFactor,
  verifyTwoFactor,
} from "@/server/api/http/sign-in/two-factor-routes";
import { reseal } from "@/server/domain/encryption-key/reseal";
import type { Database } from "@/server/platform/db/database";
import { readAddress } from "@/server/platform/guard/address";
import { guardRoute } from "@/server/platform/route/route";
import { readSecretKey } from "@/server/platform/secret/secret-box";
import { openTestDatabase } from "@/server/testing/test-database";
import { callerOf } from "@/server/testing/workspace-fixture";
import { authSecret } from "../auth-secret";
import { createSignInLink } from "../create-sign-in-link";
import { ensureLocalOwner, type LocalOwner } from "../ensure-local-owner";
import { identify } from "../identify";

const origin = "http://127.0.0.1:3000";
const password = "correct horse battery";
const firstKey = Buffer.alloc(32, 1);

let opened: Database;
let database: Database;
let owner: LocalOwner;
const open = async () => database;
const own = { auth: "session", role: "viewer" } as const;
const routes = {
  link: guardRoute({ auth: "public" }, followLink, open),
  signIn: guardRoute({ auth: "public" }, signIn, open),
  verify: guardRoute({ auth: "public" }, verifyTwoFactor, open),
  setUp: guardRoute(own, setUpTwoFactor, open),
  confirm: guardRoute(own, confirmTwoFactor, open),
  remove: guardRoute(own, removeTwoFactor, open),
  codes: guardRoute(own, renewRecoveryCodes, open),
};

/** A browser: keeps its cookies. */
const browser = () => {
  const jar = new Map<string, string>();
  const keep = (response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = "", ...rest] = line.split(";");
      const [name = "", value = ""] = pair.split("=", 2);
      if (value === "" || rest.some((part) => /max-age=0$/i.test(part.trim()))) jar.delete(name);
      else jar.set(name, pair.slice(name.length + 1));
    }
    return response;
  };
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  return {
    headers: () => new Headers({ cookie: cookie() }),
    post: async (route: Exclude<keyof typeof routes, "link">, body: unknown) => {
      const headers = { host: "127.0.0.1:3000", origin, "content-type": "application/json", cookie: cookie() };
      const request = new Request(`${origin}/api/auth`, { method: "POST", body: JSON.stringify(body), headers });
      return keep(await routes[route](request, { params: Promise.resolve({}) }));
    },
    follow: async () => {
      const link = await createSignInLink({
        database,
        secret: authSecret(),
        address: readAddress({}),
        email: owner.email,
      });
      return keep(
        await routes.link(new Request(link, { headers: { host: "127.0.0.1:3000" } }), { params: Promise.resolve({}) }),
      );
    },
  };
};
type Browser = ReturnType<typeof browser>;
const who = async (at: Browser) => identify(database, at.headers());

/** The code of an authenticator app at this moment (RFC 6238, SHA-1, 30 seconds, 6 digits). */
const codeOf = (uri: string, at = Date.now()): string => {
  const secret = new URL(uri).searchParams.get("secret") ?? "";
  const bits = [...secret]
    .map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const hash = createHmac("sha1", key).update(counter).digest();
  const number = (hash.readUInt32BE((hash.at(-1) ?? 0) & 15) & 0x7fffffff) % 1_000_000;
  return String(number).padStart(6, "0");
};

beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = firstKey.toString("base64");
  opened = await openTestDatabase();
});
beforeEach(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = firstKey.toString("base64");
  database = { ...opened };
  await database.prisma.verification.deleteMany();
  await database.prisma.user.deleteMany();
  await database.prisma.workspace.deleteMany();
  owner = await ensureLocalOwner(database);
});
afterAll(async () => {
  delete process.env.PIPEWRIGHT_SECRET_KEY;
  await opened.close();
});

/** Somebody with a password and a confirmed second factor. */
const withSecondFactor = async () => {
  const home = browser();
  await home.follow();
  await callerOf(database, await who(home)).account.setPassword({ newPassword: password });
  const { uri, recoveryCodes } = await (await home.post("setUp", { password })).json();
  expect((await home.post("confirm", { code: codeOf(uri) })).status).toBe(200);
  // Attempts are counted for each opened database; what follows begins anew.
  database = { ...database };
  return { home, uri: uri as string, recoveryCodes: recoveryCodes as string[] };
};
const credentials = () => ({ email: owner.email, password });

it("is set up with the password and the first code, and asked for from then on", async () => {
  const { home, uri, recoveryCodes } = await withSecondFactor();
  expect(recoveryCodes).toHaveLength(10);
  expect(await callerOf(database, await who(home)).account.get()).toMatchObject({ hasTwoFactor: true });
  const elsewhere = browser();
  const first = await elsewhere.post("signIn", credentials());
  expect([first.status, await first.json()]).toEqual([200, { ok: false, secondFactor: true }]);
  expect(await who(elsewhere)).toBeNull();
  const second = await elsewhere.post("verify", { code: codeOf(uri) });
  expect(second.status).toBe(200);
  expect(await who(elsewhere)).toMatchObject({ userId: owner.userId });
  const { items } = await callerOf(database, await who(elsewhere)).audit.list({ kind: "account" });
  expect(items.map(({ action, data }) => [action, data.by])).toContainEqual(["account.sign-in", "password and code"]);
  expect(items.map(({ action }) => action)).toContain("account.set-two-factor");
});

it("counts for nothing until a code was confirmed", async () => {
  const home = browser();
  await home.follow();
  await callerOf(database, await who(home)).account.setPassword({ newPassword: password });
  expect((await home.post("setUp", { password })).status).toBe(200);
  expect((await home.post("confirm", { code: "000000" })).status).toBe(401);
  const elsewhere = browser();
  expect(await (await elsewhere.post("signIn", credentials())).json()).toEqual({ ok: true });
});

it("a password alone, a wrong code, a code of no one's challenge and nonsense open nothing", async () => {
  const { uri } = await withSecondFactor();
  expect((await browser().post("verify", { code: codeOf(uri) })).status).toBe(401);
  const elsewhere = browser();
  await elsewhere.post("signIn", credentials());
  for (const body of [
    { code: "" },
    { code: null },
    { code: "1".repeat(7) },
    {},
    { recoveryCode: "../x" },
    { code: "123456", trustDevice: true },
  ])
    expect((await elsewhere.post("verify", body)).status).toBe(401);
  expect((await elsewhere.post("verify", { code: codeOf(uri, Date.now() - 600_000) })).status).toBe(401);
  expect(await who(elsewhere)).toBeNull();
});

it("codes cannot be tried out", async () => {
  const { uri } = await withSecondFactor();
  const elsewhere = browser();
  await elsewhere.post("signIn", credentials());
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 8; attempt += 1)
    statuses.push((await elsewhere.post("verify", { code: "000000" })).status);
  expect(statuses).toContain(429);
  database = { ...database };
  for (let attempt = 0; attempt < 3; attempt += 1) await elsewhere.post("verify", { code: "000000" });
  database = { ...database };
  expect((await elsewhere.post("verify", { code: codeOf(uri) })).status).not.toBe(200);
  expect(await who(elsewhere)).toBeNull();
});

it("a recovery code takes the place of the authenticator, once", async () => {
  const { recoveryCodes } = await withSecondFactor();
  const [recoveryCode] = recoveryCodes;
  for (const expected of [200, 401]) {
    const elsewhere = browser();
    await elsewhere.post("signIn", credentials());
    expect((await elsewhere.post("verify", { recoveryCode })).status).toBe(expected);
  }
  expect(JSON.stringify(await database.prisma.twoFactor.findMany())).not.toContain(recoveryCodes[1]);
});

it("new recovery codes and removal need the password", async () => {
  const { home, recoveryCodes } = await withSecondFactor();
  for (const route of ["codes", "remove"] as const)
    expect((await home.post(route, { password: "wrong password" })).status).toBe(401);
  const renewed = await (await home.post("codes", { password })).json();
  expect(renewed.recoveryCodes).toHaveLength(10);
  expect(renewed.recoveryCodes).not.toContain(recoveryCodes[0]);
  database = { ...database };
  expect((await home.post("remove", { password })).status).toBe(200);
  expect(await callerOf(database, await who(home)).account.get()).toMatchObject({ hasTwoFactor: false });
  expect(await (await browser().post("signIn", credentials())).json()).toEqual({ ok: true });
});

it("signs out what was signed in before, as a password does", async () => {
  const before = browser();
  await before.follow();
  const { home } = await withSecondFactor();
  expect(await who(before)).toBeNull();
  expect(await who(home)).not.toBeNull();
});

it("outlives a rotation of the encryption key", async () => {
  const { uri } = await withSecondFactor();
  const next = Buffer.alloc(32, 9);
  await reseal(database, readSecretKey(), next);
  process.env.PIPEWRIGHT_SECRET_KEY = next.toString("base64");
  database = { ...database };
  const elsewhere = browser();
  await elsewhere.post("signIn", credentials());
  expect((await elsewhere.post("verify", { code: codeOf(uri) })).status).toBe(200);
});
