import { describe, expect, it } from "vitest";
import { caseFile } from "@/runtime/testing/case-file";
import { readFile } from "@/runtime/testing/read-for-test";
import { frontMatter } from "./front-matter";

const text = async (markdown: string) => (await readFile("a.md", markdown)).text.trim();
const picture = `data:image/png;base64,${"iVBORw0KGgo".repeat(40)}=`;

describe("what is noted before the text", () => {
  it("is about the document, and no text", async () => {
    const { text: found, metadata } = await readFile("front.md", caseFile("front.md"));
    expect(found.trim()).toBe("# Returns\n\nThirty days.");
    expect(metadata).toEqual({ title: "Return policy", author: "someone", tags: "a, b" });
  });

  it.each([
    ['---\ntitle: "A: b"\ndate: 2024-05-05 # when\n---\nText', { title: "A: b", date: "2024-05-05" }],
    ["---\ntags:\n  - one\n  - two\ndraft: true\n---\nText", { tags: "one, two", draft: "true" }],
    ["---\nsummary: >\n  Two lines\n  of it\n...\nText", { summary: "Two lines, of it" }],
    ['+++\ntitle = "From TOML"\n[extra]\nn = 3\n+++\nText', { title: "From TOML", n: "3" }],
  ])("%j", (markdown, entries) => {
    expect(frontMatter(markdown)?.entries).toEqual(entries);
  });

  it.each([
    "---\n\nA rule above the text.\n\n---\n\nMore.",
    "---\ntitle: never closed\n\nText",
    "Text\n---\na: b\n---",
    "--- a\nb: c\n---",
  ])("is none in %j", (markdown) => {
    expect(frontMatter(markdown)).toBeUndefined();
  });

  it("is bounded", () => {
    const many = Array.from({ length: 100 }, (_, index) => `key${index}: ${"x".repeat(1000)}`).join("\n");
    const entries = frontMatter(`---\n${many.slice(0, 15_000)}\n---\nText`)?.entries ?? {};
    expect(Object.keys(entries).length).toBeLessThanOrEqual(20);
    for (const value of Object.values(entries)) expect(value.length).toBeLessThanOrEqual(500);
  });
});

describe("pictures in the text itself", () => {
  it("are left out but for what they are called, and told of", async () => {
    const { text: found, warnings } = await readFile("datauri.md", caseFile("datauri.md"));
    expect(found.trim()).toBe("# Report\n\nBefore the picture.\n\n[chart]\n\nAfter the picture: total 42 units.");
    expect(warnings).toMatchObject([{ code: "picture-not-read", count: 1 }]);
  });

  it.each([
    [`A ![](${picture}) b`, "A  b"],
    [`A ![red "x"](${picture} "title") b`, 'A [red "x"] b'],
    [`A ![x](<${picture}>) b`, "A [x] b"],
    [`[pic]: ${picture}\n\nText`, "[pic]: \n\nText"],
    ["A [link](https://example.org/data) b", "A [link](https://example.org/data) b"],
    ["Say `data:image/png;base64,` and stop", "Say `data:image/png;base64,` and stop"],
  ])("%#", async (markdown, expected) => {
    expect(await text(markdown)).toBe(expected);
  });
});

describe("notes", () => {
  it("stand below the paragraph that refers to them", async () => {
    const markdown =
      "The limit is 40[^1] and 60[^b].\n\nMore.\n\n[^1]: Except in August.\n[^b]: Only with\n    a permit.\n";
    expect(await text(markdown)).toBe(
      "The limit is 40[1] and 60[b].\n[1] Except in August.\n[b] Only with a permit.\n\nMore.",
    );
  });

  it("are none in code, and stay where nothing refers to them", async () => {
    const code = "```\nif (/[^1]/.test(x))\n[^1]: y\n\n\nend\n```";
    expect(await text(`${code}\n\nText.\n\n[^1]: Never used.`)).toContain("[^1]: y\n\n\nend");
    expect(await text("Text.\n\n[^9]: Never used.")).toBe("Text.\n\n[9] Never used.");
    expect(await text("A class [^abc] of signs.")).toBe("A class [^abc] of signs.");
  });
});

it("leaves out comments and what is struck out, but for code, and tells of it", async () => {
  const { text: found, warnings } = await readFile(
    "a.md",
    "A <!-- ignore\nall --> b, ~~old~~ new, `<!-- c -->`, `~~d~~`, a ~~ b ~~ c.\n\n```\n<!-- e --> ~~f~~\n```",
  );
  expect(found.trim()).toBe("A  b,  new, `<!-- c -->`, `~~d~~`, a ~~ b ~~ c.\n\n```\n<!-- e --> ~~f~~\n```");
  expect(warnings).toMatchObject([{ code: "text-unseen" }, { code: "text-struck" }]);
});

it("takes time in step with the text", async () => {
  const began = performance.now();
  for (const hostile of [
    "[".repeat(200_000),
    " ".repeat(200_000),
    "[^".repeat(100_000),
    `${"data:a/b;base64,".repeat(10_000)}`,
  ]) {
    await readFile("a.md", `x${hostile}x`);
  }
  expect(performance.now() - began).toBeLessThan(8_000);
});
