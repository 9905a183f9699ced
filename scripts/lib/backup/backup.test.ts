import { createHash, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, truncate, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import * as tar from "tar";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSocketAddress } from "@/scripts/lib/socket-address.mjs";
import { startEmbeddedDatabase } from "@/server/platform/db/embedded/embedded-database";
import { openToOthers } from "@/server/platform/db/embedded/open-to-others";
import { openDatabase } from "@/server/platform/db/open-database";
import { LocalFolderStore } from "@/server/platform/object-store/local-folder-store";
import { copyTestDatabase } from "@/server/testing/test-database";
import { createBackup } from "./create-backup.mjs";
import { restoreBackup } from "./restore-backup.mjs";

const parent = await mkdtemp(path.join(os.tmpdir(), "pipewright-backup-"));
afterAll(() => rm(parent, { recursive: true, force: true }));
const passphrase = "correct horse battery staple";
const environment = { NODE_ENV: "test" as const };
const broken = (error: unknown) => {
  throw error;
};

const openOn = async (dataFolder: string) => {
  const socket = await createSocketAddress();
  const folder = path.join(dataFolder, "database");
  const embedded = await startEmbeddedDatabase({ folder, socket, onBroken: broken });
  const database = await openDatabase({ kind: "embedded", socket });
  return {
    database,
    close: async () => {
      await database.close();
      await embedded.close();
    },
  };
};

/** A data folder as an app has it, whose app is running. */
const dataFolder = path.join(parent, "data");
let running: Awaited<ReturnType<typeof openOn>>;
beforeAll(async () => {
  await mkdir(dataFolder, { mode: 0o700 });
  await copyTestDatabase(path.join(dataFolder, "database"));
  await writeFile(path.join(dataFolder, "encryption.secret"), "the key", { mode: 0o600 });
  running = await openOn(dataFolder);
});
afterAll(() => running.close());

/** Writes as the app does: a file's bytes, then its row; and a transaction of two rows that belong together. */
const startWriter = (name: string) => {
  const { prisma } = running.database;
  const store = new LocalFolderStore(path.join(dataFolder, "files"));
  const acknowledged: string[] = [];
  let writing = true;
  const done = (async () => {
    const { id: workspaceId } = await prisma.workspace.create({ data: { name } });
    for (let index = 0; writing; index += 1) {
      const bytes = randomBytes(2_000);
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      await store.put(`${workspaceId}/objects/${sha256}`, bytes);
      const id = `${name}-${index}`;
      await prisma.storedFile.create({
        data: { id, workspaceId, name: id, mediaType: "text/plain", size: bytes.length, sha256 },
      });
      acknowledged.push(id);
      const pair = { workspaceId, document: {}, graphHash: "h", name: id };
      await prisma.$transaction([prisma.pipeline.create({ data: pair }), prisma.pipeline.create({ data: pair })]);
      // Some files go again, as they do when somebody deletes them.
      if (index % 5 === 4) {
        const gone = await prisma.storedFile.delete({ where: { id: `${name}-${index - 2}` } });
        await store.delete(`${workspaceId}/objects/${gone.sha256}`);
      }
    }
  })();
  return {
    acknowledged,
    stop: async () => {
      writing = false;
      await done;
    },
  };
};

describe("a backup of a busy app", { timeout: 60_000 }, () => {
  it("is the database at one moment with every file that it refers to and the key, and is restored as that", async () => {
    const writers = ["one", "two", "three"].map(startWriter);
    const fewest = () => Math.min(...writers.map(({ acknowledged }) => acknowledged.length));
    await expect.poll(fewest, { timeout: 30_000 }).toBeGreaterThan(5);
    const before = writers.flatMap(({ acknowledged }) => [...acknowledged]);
    const file = path.join(parent, "busy.backup");
    const made = await createBackup({ dataFolder, file, environment });
    const after = new Set(writers.flatMap(({ acknowledged }) => acknowledged));
    for (const writer of writers) await writer.stop();
    expect(made).toMatchObject({ holdsKey: true });
    expect((await stat(file)).mode & 0o077).toBe(0);
    expect(await readdir(path.join(dataFolder, "backups"))).toEqual([]);

    const target = path.join(parent, "restored");
    expect(await restoreBackup({ dataFolder: target, file })).toMatchObject({ holdsKey: true, database: true });
    expect(await readFile(path.join(target, "encryption.secret"), "utf8")).toBe("the key");
    expect(await openToOthers(target)).toEqual([]);
    const restored = await openOn(target);
    try {
      const { prisma } = restored.database;
      const pipelines = await prisma.pipeline.groupBy({ by: ["name"], _count: { _all: true } });
      expect(pipelines.filter(({ _count }) => _count._all !== 2)).toEqual([]);
      const rows = await prisma.storedFile.findMany();
      const ids = new Set(rows.map(({ id }) => id));
      // What was acknowledged before it began is in it, unless it was deleted, which the fifth after it does; nothing is from after its end.
      const lost = before.filter((id) => !ids.has(id) && !/[27]$/.test(id));
      expect(lost).toEqual([]);
      expect([...ids].filter((id) => !after.has(id))).toEqual([]);
      for (const { workspaceId, sha256 } of rows) {
        const bytes = await readFile(path.join(target, "files", "objects", workspaceId, "objects", sha256));
        expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
      }
    } finally {
      await restored.close();
    }
  });
});

describe("a restore", () => {
  const small = path.join(parent, "small.backup");
  const sealed = path.join(parent, "sealed.backup");
  beforeAll(async () => {
    for (const [file, secret] of [
      [small, undefined],
      [sealed, passphrase],
    ] as const) {
      await createBackup({ dataFolder, file, environment, database: false, ...(secret && { passphrase: secret }) });
    }
  });
  const into = (name: string) => path.join(parent, name);

  it("refuses a folder that holds data, or moves it aside where that was asked for", async () => {
    const target = into("full");
    await mkdir(path.join(target, "database"), { recursive: true });
    await writeFile(path.join(target, "database", "mine"), "mine");
    await expect(restoreBackup({ dataFolder: target, file: small })).rejects.toThrow(/is not empty/);
    expect(await readdir(target)).toEqual(["database"]);
    const { aside = "" } = await restoreBackup({ dataFolder: target, file: small, replace: true });
    expect(await readFile(path.join(aside, "database", "mine"), "utf8")).toBe("mine");
    expect(existsSync(path.join(target, "encryption.secret"))).toBe(true);
  });

  it("refuses the folder of a running app", async () => {
    await expect(restoreBackup({ dataFolder, file: small, replace: true })).rejects.toThrow(/running Pipewright/);
  });

  it("needs the passphrase of a sealed backup, in which nothing can be read", async () => {
    expect((await readFile(sealed)).includes("the key")).toBe(false);
    await expect(restoreBackup({ dataFolder: into("a"), file: sealed })).rejects.toThrow(/is sealed/);
    const wrong = restoreBackup({ dataFolder: into("b"), file: sealed, passphrase: "another one" });
    await expect(wrong).rejects.toThrow(/passphrase is not the one/);
    await restoreBackup({ dataFolder: into("c"), file: sealed, passphrase });
    expect(await readFile(path.join(into("c"), "encryption.secret"), "utf8")).toBe("the key");
  });

  it("refuses a file that was cut off or changed, and leaves the folder as it was", async () => {
    const whole = await readFile(sealed);
    const cut = into("cut.backup");
    await writeFile(cut, whole);
    await truncate(cut, whole.length - 10);
    const changed = into("changed.backup");
    const bytes = Buffer.from(whole);
    bytes[bytes.length - 100] = (bytes.at(-100) ?? 0) ^ 1;
    await writeFile(changed, bytes);
    const longer = into("longer.backup");
    await writeFile(longer, Buffer.concat([whole, Buffer.from("more")]));
    for (const file of [cut, changed, longer])
      await expect(restoreBackup({ dataFolder: into("d"), file, passphrase })).rejects.toThrow(/cannot be restored/);
    const plain = await readFile(small);
    await writeFile(cut, plain.subarray(0, plain.length - 20));
    await expect(restoreBackup({ dataFolder: into("d"), file: cut })).rejects.toThrow(/cannot be restored/);
    await writeFile(cut, "no backup at all");
    await expect(restoreBackup({ dataFolder: into("d"), file: cut })).rejects.toThrow();
    expect(await readdir(into("d"))).toEqual([]);
  });

  it("takes nothing that would leave the folder: no link, no path upwards", async () => {
    const source = into("hostile");
    await mkdir(source);
    await writeFile(path.join(source, "backup.json"), '{"format":1}');
    await symlink("/etc", path.join(source, "files"));
    const linked = into("linked.backup");
    await tar.c({ gzip: true, cwd: source, file: linked }, ["backup.json", "files"]);
    await expect(restoreBackup({ dataFolder: into("e"), file: linked })).rejects.toThrow(/SymbolicLink/);
    const upwards = into("upwards.backup");
    await writeFile(into("outside"), "x");
    await tar.c({ gzip: true, cwd: source, file: upwards, preservePaths: true }, ["backup.json", "../outside"]);
    await expect(restoreBackup({ dataFolder: into("e"), file: upwards })).rejects.toThrow(/cannot be restored/);
    expect(await readdir(into("e"))).toEqual([]);
  });

  it("overwrites no backup without being told", async () => {
    await expect(createBackup({ dataFolder, file: small, environment })).rejects.toThrow(/is there already/);
  });
});
