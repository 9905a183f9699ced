import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { longPdf } from "@/runtime/testing/long-pdf";
import { makePdf } from "@/runtime/testing/make-pdf";
import { parseDocument } from "./parse-document";
import { ParseWorkers, workerLimits } from "./parse-in-worker";

const root = process.cwd();
const file = (name: string, content: string | Uint8Array) => ({
  name,
  mediaType: "application/octet-stream",
  bytes: Buffer.from(content as Uint8Array),
});
const scan = makePdf([{ lines: [], picture: { width: 20, height: 20, gray: new Uint8Array(400) } }]);
/** Takes longer to read than any of these tests allows. */
const slow = file("slow.csv", `name\n${'"a'.repeat(40_000_000)}`);

let workers: ParseWorkers | undefined;
const start = (limits: Partial<typeof workerLimits> = {}) => {
  workers = new ParseWorkers(root, { ...workerLimits, ...limits });
  return workers;
};
afterEach(() => workers?.close());

/** As long as the app waits for a process to begin, twice: some tests start two of them. */
const patience = 120_000;

describe("a process that parses", { timeout: patience }, () => {
  it("reads one file after the other, with progress", async () => {
    const pool = start();
    const progress: string[] = [];
    const pdf = await pool.parse(file("a.pdf", longPdf("zh", 12)), {
      progress: (done, total) => progress.push(`${done}/${total}`),
    });
    expect(pdf.ok && pdf.value.outline.filter(({ kind }) => kind === "page").length).toBe(12);
    expect(progress.at(-1)).toBe("12/12");
    expect(await pool.parse(file("a.md", "# Hi\n\nText"), {})).toMatchObject({
      ok: true,
      value: { text: "# Hi\n\nText" },
    });
    expect(await pool.parse(file("a.pdf", "no"), {})).toMatchObject({ ok: false, error: { code: "not-a-pdf" } });
  });

  it("asks the caller for the text of a scanned page", async () => {
    const readImageText = async (png: Uint8Array, page: number) => `Page ${page}: ${png.length > 50}`;
    expect(await start().parse(file("a.pdf", scan), { readImageText })).toMatchObject({
      ok: true,
      value: { text: "Page 1: true\n\n" },
    });
  });

  it("throws on what the caller's reader of pictures throws", async () => {
    const readImageText = () => Promise.reject(new Error("The model is away."));
    await expect(start().parse(file("a.pdf", scan), { readImageText })).rejects.toThrow("The model is away.");
  });

  it("is ended with its file when it takes more memory than it may, and the next file is read", async () => {
    const pool = start({ memory: 250_000_000 });
    const rows = `n,w\n${"1,a\n".repeat(2_000_000)}`;
    expect(await pool.parse(file("a.csv", rows), {})).toMatchObject({ ok: false, error: { code: "out-of-memory" } });
    expect(await pool.parse(file("a.txt", "still here"), {})).toMatchObject({ ok: true });
  });

  it("is told of as the app's own fault where it cannot even start", async () => {
    workers = new ParseWorkers(path.join(root, "runtime"), workerLimits);
    await expect(workers.parse(file("a.txt", "text"), {})).rejects.toThrow(/does not start/);
  });

  it("is ended when it makes no progress in time", async () => {
    expect(await start({ stallMs: 50 }).parse(slow, {})).toMatchObject({ ok: false, error: { code: "timeout" } });
  });

  it("is ended when the caller cancels, before and while it works and while it waits for its turn", async () => {
    const pool = start({ processes: 1 });
    const early = await pool.parse(slow, { signal: AbortSignal.abort() });
    const controller = new AbortController();
    const working = pool.parse(slow, { signal: controller.signal });
    const waiting = pool.parse(slow, { signal: controller.signal });
    const after = pool.parse(file("a.txt", "next"), {});
    controller.abort();
    for (const outcome of [early, await working, await waiting]) {
      expect(outcome).toMatchObject({ ok: false, error: { code: "cancelled" } });
    }
    expect(await after).toMatchObject({ ok: true, value: { text: "next" } });
  });
});

describe("parseDocument", { timeout: patience }, () => {
  it("refuses a file that is empty or too large before a process sees it", async () => {
    expect(await parseDocument(file("a.pdf", ""))).toMatchObject({ ok: false, error: { code: "empty" } });
    const large = { name: "a.pdf", mediaType: "application/pdf", bytes: { length: 100_000_001 } as Uint8Array };
    expect(await parseDocument(large)).toMatchObject({ ok: false, error: { code: "too-large" } });
  });

  it("reads in the processes that the app shares", async () => {
    expect(await parseDocument(file("a.html", "<h1>Hi</h1>"))).toMatchObject({ ok: true, value: { text: "Hi\n\n" } });
  });
});
