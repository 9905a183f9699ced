import { cp, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { vector } from "@electric-sql/pglite-pgvector";
import { afterAll, beforeAll, expect, it } from "vitest";
import { copyTestDatabase } from "@/server/testing/test-database";
import { copyBeforeMigration, keptCopies } from "./copy-before-migration";

const parent = await mkdtemp(path.join(os.tmpdir(), "pipewright-copies-"));
const folder = path.join(parent, "database");
const migrations = path.join(parent, "migrations");
let database: PGlite;
beforeAll(async () => {
  await copyTestDatabase(folder);
  await cp(path.resolve("prisma/migrations"), migrations, { recursive: true });
  database = await PGlite.create({ dataDir: folder, extensions: { vector, pg_trgm } });
});
afterAll(async () => {
  await database.close();
  await rm(parent, { recursive: true, force: true });
});

const copies = () => readdir(path.join(parent, "backups")).catch(() => []);

it("a database that will not change is not copied", async () => {
  expect(await copyBeforeMigration(database, folder, migrations)).toBeNull();
  expect(await copies()).toEqual([]);
});

it("one that will is kept as it was, and opens; of the copies the latest few stay", async () => {
  await database.exec(`INSERT INTO "Workspace" ("id", "name") VALUES ('w', 'Before')`);
  await mkdir(path.join(migrations, "29990101000000_later"));
  const made: (string | null)[] = [];
  for (let day = 1; day <= keptCopies + 1; day += 1) {
    made.push(await copyBeforeMigration(database, folder, migrations, () => new Date(Date.UTC(2026, 0, day))));
  }
  expect(await copies()).toEqual(made.slice(1));
  const copy = path.join(parent, "backups", made.at(-1) ?? "", "database");
  const opened = await PGlite.create({ dataDir: copy, extensions: { vector, pg_trgm } });
  const { rows } = await opened.query(`SELECT "name" FROM "Workspace"`);
  await opened.close();
  expect(rows).toEqual([{ name: "Before" }]);
});
