import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "@/server/platform/db/database";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";
import { createRunVault, type VaultRun } from "./run-vault";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const secretKey = randomBytes(32);
const vaultOf = (run: VaultRun, key = secretKey) => createRunVault(database, run, () => key);

const workspace = async () => {
  const owner = await addMember(database, "owner");
  const { workspaceId, userId } = owner;
  const editorRun = { id: "run-1", workspaceId, trigger: "editor", apiKeyId: null, userId } as const;
  const apiRun = (apiKeyId: string): VaultRun => ({ id: "run-2", workspaceId, trigger: "api", apiKeyId });
  const entries = () => database.prisma.auditEntry.findMany({ where: { workspaceId, action: "vault.open" } });
  return { api: callerOf(database, owner), workspaceId, userId, editorRun, apiRun, entries };
};
const notPermitted = { ok: false, error: { reason: "not-permitted" } };
const unreadable = { ok: false, error: { reason: "unreadable" } };

it("opens what a run from the editor sealed, and writes down who opened it", async () => {
  const { editorRun, entries, userId } = await workspace();
  const sealed = await vaultOf(editorRun).seal("ada@example.com");
  expect(Buffer.from(sealed, "base64").toString("latin1")).not.toContain("ada");
  expect(await vaultOf(editorRun).open(sealed)).toEqual({ ok: true, value: "ada@example.com" });
  expect(await entries()).toMatchObject([
    { userId, subject: "run:run-1", data: { trigger: "editor", apiKeyId: null } },
  ]);
  expect(JSON.stringify(await entries())).not.toContain("ada@");
});

it("opens for a key that may see personal data, and for no other", async () => {
  const { api, apiRun, entries } = await workspace();
  const plain = await api.apiKey.create({ name: "Plain" });
  const trusted = await api.apiKey.create({ name: "Trusted", mayUnmask: true });
  const sealed = await vaultOf(apiRun(plain.id)).seal("text");
  expect(await vaultOf(apiRun(plain.id)).open(sealed)).toMatchObject(notPermitted);
  expect(await vaultOf(apiRun("")).open(sealed)).toMatchObject(notPermitted);
  expect(await entries()).toEqual([]);
  expect(await vaultOf(apiRun(trusted.id)).open(sealed)).toEqual({ ok: true, value: "text" });
  expect(await entries()).toMatchObject([{ userId: null, data: { trigger: "api", apiKeyId: trusted.id } }]);
});

it("asks for the right when it opens: a key that was revoked meanwhile has none, nor has another workspace's", async () => {
  const [mine, theirs] = [await workspace(), await workspace()];
  const { id } = await mine.api.apiKey.create({ name: "Trusted", mayUnmask: true });
  const foreign = await theirs.api.apiKey.create({ name: "Theirs", mayUnmask: true });
  const sealed = await vaultOf(mine.apiRun(id)).seal("text");
  expect(await vaultOf(mine.apiRun(foreign.id)).open(sealed)).toMatchObject(notPermitted);
  await mine.api.apiKey.revoke({ id });
  expect(await vaultOf(mine.apiRun(id)).open(sealed)).toMatchObject(notPermitted);
});

it("opens nothing of another run, another workspace, another key, or what was damaged", async () => {
  const [mine, theirs] = [await workspace(), await workspace()];
  const sealed = await vaultOf(mine.editorRun).seal("text");
  expect(await vaultOf({ ...mine.editorRun, id: "run-9" }).open(sealed)).toMatchObject(unreadable);
  expect(await vaultOf(theirs.editorRun).open(sealed)).toMatchObject(unreadable);
  expect(await vaultOf(mine.editorRun, randomBytes(32)).open(sealed)).toMatchObject(unreadable);
  expect(await vaultOf(mine.editorRun).open(`A${sealed.slice(1)}x`)).toMatchObject(unreadable);
  expect(await vaultOf(mine.editorRun).open("")).toMatchObject(unreadable);
  expect(await mine.entries()).toEqual([]);
});

it("gives a text one fingerprint in all runs of a workspace, and another in another", async () => {
  const [mine, theirs] = [await workspace(), await workspace()];
  const fingerprint = await vaultOf(mine.editorRun).fingerprint("13812345678");
  expect(fingerprint).toMatch(/^[0-9a-f]{12}$/);
  expect(await vaultOf(mine.apiRun("any")).fingerprint("13812345678")).toBe(fingerprint);
  expect(await vaultOf(mine.editorRun).fingerprint("13812345679")).not.toBe(fingerprint);
  expect(await vaultOf(theirs.editorRun).fingerprint("13812345678")).not.toBe(fingerprint);
  expect(await vaultOf(mine.editorRun, randomBytes(32)).fingerprint("13812345678")).not.toBe(fingerprint);
});
