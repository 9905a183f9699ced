import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RunText } from "../write-runs";
import { readLines } from "./journal-line";
import { type JournalEntry, RunJournal } from "./run-journal";

let folder: string;
let journal: RunJournal;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-journal-"));
  journal = await RunJournal.open(folder);
});
afterEach(async () => {
  await journal.close();
  await rm(folder, { recursive: true, force: true });
});

const text = (id: string, characters = 100): RunText =>
  ({ run: { id }, isNew: true, firstSeq: 0, lastSeq: 1, log: `["${"x".repeat(characters)}"]` }) as unknown as RunText;
const append = (id: string, characters?: number) => journal.append(text(id, characters)) as JournalEntry;
const files = async () => (await readdir(folder)).sort().map((name) => path.join(folder, name));
const idsIn = async () => {
  const ids: string[] = [];
  for (const file of await files()) {
    for (const line of readLines(await readFile(file)).lines) {
      if (line.kind === "stored") ids.length = 0;
      else ids.push(line.text.run.id);
    }
  }
  return ids;
};

describe("the journal of runs", () => {
  it("holds every line once it says that it is durable, many that come together among them", async () => {
    const ids = Array.from({ length: 200 }, (_, index) => `run-${index}`);
    await Promise.all(ids.map((id) => append(id).durable));
    expect(await idsIn()).toEqual(ids);
  });

  it("is for its owner only", async () => {
    await append("a").durable;
    for (const file of await files()) expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it("begins a new file when one is full, and removes one as soon as the database holds all of it", async () => {
    const entries = Array.from({ length: 12 }, (_, index) => append(`run-${index}`, 900_000));
    await Promise.all(entries.map(({ durable }) => durable));
    expect((await files()).length).toBeGreaterThanOrEqual(3);
    expect(await idsIn()).toHaveLength(12);
    for (const entry of entries) entry.stored();
    await expect.poll(async () => (await files()).length).toBeLessThanOrEqual(2);
    expect((await idsIn()).length).toBeLessThanOrEqual(4);
  });

  it("takes no more when the database is far behind, and again when it has caught up", async () => {
    const entries: JournalEntry[] = [];
    for (let index = 0; index < 80; index++) {
      const entry = journal.append(text(`run-${index}`, 1_000_000));
      if (entry === null) break;
      entries.push(entry);
      await entry.durable;
    }
    expect(entries.length).toBeGreaterThan(40);
    expect(entries.length).toBeLessThan(80);
    expect(journal.append(text("one more"))).toBeNull();
    for (const entry of entries) entry.stored();
    await expect.poll(() => journal.append(text("another"))?.durable).toBeUndefined();
    expect(journal.append(text("another"))).not.toBeNull();
  });

  it("leaves a run to the database whose log is too long for it", () => {
    expect(journal.append(text("long", 2_000_000))).toBeNull();
  });

  it("says so where the disk refuses, and nobody waits for ever", async () => {
    await rm(folder, { recursive: true });
    const entries = [append("a"), append("b")];
    const ends = await Promise.allSettled(entries.map(({ durable }) => durable));
    expect(ends.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });

  it("leaves nothing behind when it is closed and all is stored, and what is not stored for the next start", async () => {
    const [a, b] = [append("a"), append("b")];
    await Promise.all([a.durable, b.durable]);
    a.stored();
    await journal.close();
    expect(await idsIn()).toEqual(["a", "b"]);
    const second = await RunJournal.open(folder);
    const c = second.append(text("c"));
    await c?.durable;
    c?.stored();
    await c?.durable;
    await second.close();
    expect(await idsIn()).toEqual(["a", "b"]);
  });
});
