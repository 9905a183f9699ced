import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodesIndex } from "./nodes-index.mjs";

let root = "";
beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), "pipewright-nodes-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const write = async (place: string, text: string) => {
  await mkdir(path.dirname(path.join(root, place)), { recursive: true });
  await writeFile(path.join(root, place), text);
};

describe("the generated catalog", () => {
  it("names every node file once, in order, and neither tests nor what nodes share", async () => {
    await write("text/word-count.ts", "export const wordCount = defineNode({});");
    await write("io/input.ts", "const x = 1;\nexport const ioInput = defineNode({});");
    await write("io/input.test.ts", "");
    await write("lib/shared.ts", "export const shared = 1;");
    const text = await nodesIndex(root);
    expect(text).toContain(
      'import { ioInput } from "./io/input";\nimport { wordCount as textWordCount } from "./text/word-count";',
    );
    expect(text).toContain("createCatalog([\n  ioInput,\n  textWordCount,\n]);");
    expect(text).not.toContain("shared");
  });

  it("refuses a file that defines no node or two", async () => {
    await write("text/none.ts", "export const none = 1;");
    await expect(nodesIndex(root)).rejects.toThrow(/nodes\/text\/none\.ts has to hold exactly one.*holds 0/);
    await write("text/none.ts", "export const a = defineNode({});\nexport const b = defineNode({});");
    await expect(nodesIndex(root)).rejects.toThrow(/holds 2/);
  });
});
