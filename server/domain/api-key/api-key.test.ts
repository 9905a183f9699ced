import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "@/server/platform/db/database";
import { authenticateKey, hashApiKey } from "@/server/platform/route/bearer";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";
import { apiKeyLimits } from "./api-key.types";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const newOwner = async () => {
  const owner = await addMember(database, "owner");
  return { owner, api: callerOf(database, owner) };
};
const headers = (key: string) => new Headers({ authorization: `Bearer ${key}` });

it("a key is shown once; what is kept is its hash", async () => {
  const { owner, api } = await newOwner();
  const { key, prefix, id } = await api.apiKey.create({ name: "CI", expiresInDays: 30 });
  expect(key).toMatch(/^pw_[\w-]{43}$/);
  expect(key.startsWith(prefix)).toBe(true);
  const stored = await database.prisma.apiKey.findUniqueOrThrow({ where: { id } });
  expect(stored.keyHash).toBe(hashApiKey(key));
  const secret = key.slice(prefix.length);
  expect(
    JSON.stringify([stored, await api.apiKey.list({}), await database.prisma.auditEntry.findMany()]),
  ).not.toContain(secret);
  expect((stored.expiresAt?.getTime() ?? 0) - Date.now()).toBeGreaterThan(29 * 86_400_000);
  expect(await authenticateKey(database, headers(key))).toMatchObject({ apiKeyId: id, workspaceId: owner.workspaceId });
});

it("a key sees personal data only where its maker says so, and the list and the audit log say it too", async () => {
  const { owner, api } = await newOwner();
  await api.apiKey.create({ name: "Plain" });
  await api.apiKey.create({ name: "Trusted", mayUnmask: true });
  const { items } = await api.apiKey.list({});
  expect(items.map(({ name, mayUnmask }) => [name, mayUnmask])).toEqual([
    ["Trusted", true],
    ["Plain", false],
  ]);
  const made = await database.prisma.auditEntry.findMany({ where: { workspaceId: owner.workspaceId } });
  expect(made.map(({ data }) => data)).toContainEqual(expect.objectContaining({ name: "Trusted", mayUnmask: true }));
});

it("no two keys are alike", async () => {
  const { api } = await newOwner();
  const keys = await Promise.all(Array.from({ length: 10 }, () => api.apiKey.create({ name: "Same" })));
  expect(new Set(keys.map(({ key }) => key)).size).toBe(10);
});

it("a use is written down, once a minute at most, without the caller waiting for it", async () => {
  const { api } = await newOwner();
  const { key, id } = await api.apiKey.create({ name: "Used" });
  const usedAt = async () =>
    (await database.prisma.apiKey.findUniqueOrThrow({ where: { id } })).lastUsedAt?.getTime() ?? null;
  const written = async (time: number) => {
    while ((await usedAt()) !== time) await new Promise((resolve) => setImmediate(resolve));
  };
  const now = Date.now();
  await authenticateKey(database, headers(key), () => now);
  await written(now);
  await authenticateKey(database, headers(key), () => now + 59_000);
  await authenticateKey(database, headers(key), () => now + 61_000);
  await written(now + 61_000);
});

it("a revoked key opens nothing from that moment on, though it was used just before", async () => {
  const { api } = await newOwner();
  const { key, id } = await api.apiKey.create({ name: "Gone" });
  await authenticateKey(database, headers(key));
  await api.apiKey.revoke({ id });
  await expect(authenticateKey(database, headers(key))).rejects.toMatchObject({ status: 401 });
  const [listed] = (await api.apiKey.list({})).items;
  const { revokedAt } = listed ?? {};
  expect(revokedAt).toBeInstanceOf(Date);
  await api.apiKey.revoke({ id });
  expect((await api.apiKey.list({})).items[0]?.revokedAt).toEqual(revokedAt);
});

it("one that another process revoked is refused within seconds", async () => {
  const { api } = await newOwner();
  const { key, id } = await api.apiKey.create({ name: "Elsewhere" });
  const now = Date.now();
  await authenticateKey(database, headers(key), () => now);
  await database.prisma.apiKey.update({ where: { id }, data: { revokedAt: new Date(now) } });
  await expect(authenticateKey(database, headers(key), () => now + 5_001)).rejects.toMatchObject({ status: 401 });
});

it("an expired key is refused the moment it expires, though it is remembered", async () => {
  const { api } = await newOwner();
  const { key, id } = await api.apiKey.create({ name: "Short", expiresInDays: 1 });
  const { expiresAt } = await database.prisma.apiKey.findUniqueOrThrow({ where: { id } });
  const end = expiresAt?.getTime() ?? 0;
  await authenticateKey(database, headers(key), () => end - 1);
  await expect(authenticateKey(database, headers(key), () => end)).rejects.toMatchObject({ status: 401 });
});

it.each([
  [{ name: "" }],
  [{ name: "x".repeat(81) }],
  [{ name: "a\nb" }],
  [{ name: "a", expiresInDays: 0 }],
  [{ name: "a", expiresInDays: 9999 }],
])("%j is refused", async (input) => {
  const { api } = await newOwner();
  await expect(api.apiKey.create(input)).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

it("a workspace has a bounded number of keys; revoked ones do not count", async () => {
  const { owner, api } = await newOwner();
  const rows = Array.from({ length: apiKeyLimits.keys }, (_, index) => ({
    workspaceId: owner.workspaceId,
    name: "Many",
    keyHash: `${owner.workspaceId}-${index}`,
    prefix: "pw_",
  }));
  await database.prisma.apiKey.createMany({ data: rows });
  await expect(api.apiKey.create({ name: "One more" })).rejects.toMatchObject({ details: { reason: "limit-reached" } });
  const [oldest] = (await api.apiKey.list({ limit: 1 })).items;
  await api.apiKey.revoke({ id: oldest?.id ?? "" });
  await api.apiKey.create({ name: "One more" });
});
