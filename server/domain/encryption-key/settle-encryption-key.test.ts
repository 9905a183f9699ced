import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { keyPlace } from "@/server/domain/endpoint/load-endpoints";
import { mailPlace } from "@/server/domain/inbox/mail/mail-settings";
import { aStoredRun } from "@/server/domain/run/vault/sealed-run-fixture";
import { vaultPlace } from "@/server/domain/run/vault/vault-place";
import type { Database } from "@/server/platform/db/database";
import { createSecretBox } from "@/server/platform/secret/secret-box";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember } from "@/server/testing/workspace-fixture";
import { reseal } from "./reseal";
import { settleEncryptionKey } from "./settle-encryption-key";

let database: Database;
let workspaceId: string;
let folder: string;
let file: string;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.prisma.encryptionKeyCheck.deleteMany();
  await database.prisma.workspace.deleteMany();
  ({ workspaceId } = await addMember(database, "owner"));
  folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-settle-"));
  file = path.join(folder, "encryption.secret");
  return () => rm(folder, { recursive: true, force: true });
});

const newKey = () => randomBytes(32);
const base64 = (key: Buffer) => key.toString("base64");
/** As the start script gives it: from the file, or proposed where there is no file. */
const given = (key: Buffer, more: Record<string, string> = {}) => ({
  PIPEWRIGHT_SECRET_KEY: base64(key),
  PIPEWRIGHT_SECRET_KEY_FILE: file,
  ...more,
});
const asNew = { PIPEWRIGHT_SECRET_KEY_IS_NEW: "1" };

const sealedEndpoint = async (key: Buffer) => {
  const { id } = await database.prisma.modelEndpoint.create({
    data: { workspaceId, name: "vLLM", slug: `vllm-${randomBytes(4).toString("hex")}` },
  });
  const apiKeyCipher = createSecretBox(key).seal("sk-secret", keyPlace(id));
  await database.prisma.modelEndpoint.update({ where: { id }, data: { apiKeyCipher } });
  return id;
};
const openedWith = async (key: Buffer, id: string) => {
  const { apiKeyCipher } = await database.prisma.modelEndpoint.findUniqueOrThrow({ where: { id } });
  return createSecretBox(key).open(apiKeyCipher ?? "", keyPlace(id));
};

it("the first start writes its key down, for its owner alone, and the next starts are content with it", async () => {
  const key = newKey();
  await settleEncryptionKey(database, given(key, asNew));
  expect(await readFile(file, "utf8")).toBe(base64(key));
  if (process.platform !== "win32") expect((await stat(file)).mode & 0o077).toBe(0);
  expect(await readdir(folder)).toEqual(["encryption.secret"]);
  await settleEncryptionKey(database, given(key));
  // Started again after a crash it is told once more that its key is new; a key that another start has written stays.
  await settleEncryptionKey(database, given(key, asNew));
  await database.prisma.encryptionKeyCheck.deleteMany();
  await expect(settleEncryptionKey(database, given(newKey(), asNew))).rejects.toThrow(/Another start/);
  expect(await readFile(file, "utf8")).toBe(base64(key));
});

it("a lost key stops the start, and no new one is made", async () => {
  await settleEncryptionKey(database, given(newKey(), asNew));
  await rm(file);
  await expect(settleEncryptionKey(database, given(newKey(), asNew))).rejects.toThrow(
    /The encryption key is gone: .*--new-key/s,
  );
  expect(await readdir(folder)).toEqual([]);
});

it("another key stops the start, from a file or from the environment", async () => {
  await settleEncryptionKey(database, given(newKey(), asNew));
  await expect(settleEncryptionKey(database, given(newKey()))).rejects.toThrow(/is not the one that this database/);
  await expect(settleEncryptionKey(database, { PIPEWRIGHT_SECRET_KEY: base64(newKey()) })).rejects.toThrow(
    /PIPEWRIGHT_SECRET_KEY is not the key/,
  );
});

it("a database from before its key was written down is held to the key that opens what it holds", async () => {
  const key = newKey();
  await sealedEndpoint(key);
  await expect(settleEncryptionKey(database, given(newKey(), asNew))).rejects.toThrow(/is gone/);
  await expect(settleEncryptionKey(database, given(newKey()))).rejects.toThrow(/is not the one/);
  await settleEncryptionKey(database, given(key));
  await expect(settleEncryptionKey(database, given(newKey()))).rejects.toThrow(/is not the one/);
});

it("such a database with nothing but masked personal data is not taken over by a new key either", async () => {
  const { runId } = await aStoredRun(database, workspaceId);
  const cipher = createSecretBox(newKey()).seal("ada@example.com", vaultPlace(workspaceId, runId));
  const events = JSON.stringify([{ seq: 0, outputs: { sealed: { count: 1, cipher } } }]);
  await database.prisma.runEventChunk.create({ data: { runId, firstSeq: 0, lastSeq: 0, workspaceId, events } });
  await expect(settleEncryptionKey(database, given(newKey(), asNew))).rejects.toThrow(/is gone/);
});

it("who gives the old key up goes on with a new one", async () => {
  await settleEncryptionKey(database, given(newKey(), asNew));
  await rm(file);
  const key = newKey();
  await settleEncryptionKey(database, given(key, { ...asNew, PIPEWRIGHT_ACCEPT_NEW_KEY: "1" }));
  expect(await readFile(file, "utf8")).toBe(base64(key));
  await settleEncryptionKey(database, given(key));
});

it("a rotation seals endpoint keys and masked originals anew, and tells what neither key opens", async () => {
  const [from, to] = [newKey(), newKey()];
  const id = await sealedEndpoint(from);
  const { runId } = await aStoredRun(database, workspaceId);
  const place = vaultPlace(workspaceId, runId);
  const cipher = createSecretBox(from).seal("ada@example.com", place);
  const foreign = "A".repeat(60);
  const events = JSON.stringify([{ outputs: { sealed: { count: 1, cipher }, other: { cipher: foreign } } }]);
  await database.prisma.runEventChunk.create({ data: { runId, firstSeq: 0, lastSeq: 0, workspaceId, events } });
  const mail = { host: "mail", port: 25, security: "none", sender: "a@b.io" };
  const password = createSecretBox(from).seal("pass", mailPlace(workspaceId));
  await database.prisma.mailSettings.create({ data: { workspaceId, ...mail, password } });
  await settleEncryptionKey(database, given(from));

  const counts = {
    endpointKeys: 1,
    credentials: 0,
    originals: 1,
    secondFactors: 0,
    mailPasswords: 1,
    webhookSecrets: 0,
    unreadable: 1,
  };
  expect(await reseal(database, from, to)).toEqual(counts);
  const kept = await database.prisma.mailSettings.findUniqueOrThrow({ where: { workspaceId } });
  expect(createSecretBox(to).open(kept.password ?? "", mailPlace(workspaceId))).toBe("pass");
  expect(await openedWith(to, id)).toBe("sk-secret");
  expect(await openedWith(from, id)).toBeNull();
  const [chunk] = await database.prisma.runEventChunk.findMany({ where: { runId } });
  const [{ outputs }] = JSON.parse(chunk?.events ?? "");
  expect(createSecretBox(to).open(outputs.sealed.cipher, place)).toBe("ada@example.com");
  expect(outputs.other.cipher).toBe(foreign);
  await settleEncryptionKey(database, given(to));
});

it.each(["endpoints", "runs"])("a rotation broken off after the %s leaves everything to the old key", async (step) => {
  const [from, to] = [newKey(), newKey()];
  const id = await sealedEndpoint(from);
  await settleEncryptionKey(database, given(from));
  await writeFile(file, base64(from));
  await writeFile(`${file}.next`, base64(to));
  const breakOff = (done: string) => {
    if (done === step) throw new Error("killed");
  };
  await expect(reseal(database, from, to, breakOff)).rejects.toThrow("killed");
  expect(await openedWith(from, id)).toBe("sk-secret");
  await settleEncryptionKey(database, given(from, { PIPEWRIGHT_SECRET_KEY_NEXT: base64(to) }));
  expect(await readdir(folder)).toEqual(["encryption.secret"]);
  expect(await readFile(file, "utf8")).toBe(base64(from));
});

it("one broken off when all was sealed, before its key took the file's place, is ended by the next start", async () => {
  const [from, to] = [newKey(), newKey()];
  const id = await sealedEndpoint(from);
  await settleEncryptionKey(database, given(from));
  await writeFile(file, base64(from));
  await writeFile(`${file}.next`, base64(to));
  await reseal(database, from, to);
  const environment = given(from, { PIPEWRIGHT_SECRET_KEY_NEXT: base64(to) });
  await settleEncryptionKey(database, environment);
  expect(environment.PIPEWRIGHT_SECRET_KEY).toBe(base64(to));
  expect(await readFile(file, "utf8")).toBe(base64(to));
  expect(await readdir(folder)).toEqual(["encryption.secret"]);
  expect(await openedWith(to, id)).toBe("sk-secret");
});
