import { describe, expect, it } from "vitest";
import { composePrompt, type FoundPrompt, includesOf, sayComposeProblem } from "./compose-prompt";
import { emptyContent } from "./prompt-content";

const library = (texts: Readonly<Record<string, string>>) => {
  const asked: string[] = [];
  const find = async (slug: string, at: string): Promise<FoundPrompt | null> => {
    asked.push(`${slug}@${at}`);
    const user = texts[`${slug}@${at}`] ?? texts[slug];
    if (user === undefined) return null;
    const kind = slug.startsWith("chat") ? "chat" : "text";
    return {
      promptId: `id-${slug}`,
      slug,
      kind,
      number: /^\d+$/.test(at) ? Number(at) : 7,
      content: { ...emptyContent, user },
    };
  };
  return { asked, compose: (user: string, system = "") => composePrompt("self", { system, user }, find) };
};

describe("includesOf", () => {
  it.each([
    ["{{> tone}}", [["tone", "production"]]],
    [
      "a {{>tone@2}} b {{> style-guide@canary_1.x }}",
      [
        ["tone", "2"],
        ["style-guide", "canary_1.x"],
      ],
    ],
    ["\\{{> tone}} \\\\{{> tone}}", [["tone", "production"]]],
    ['{"a": {{"b": 1}}} {{name}} {{#each x}} {{> Tone}} {{> a/b}} {{> -a}} {{> tone@}}', []],
    ["{{> 语气}} {{> tone\n}}", []],
  ])("finds in %j %j", (text, found) => {
    expect(includesOf(text).map(({ slug, at }) => [slug, at])).toEqual(found);
  });
});

describe("composePrompt", () => {
  it("puts texts in place of tags, at any depth, and leaves everything else as it is", async () => {
    const { compose } = library({ tone: "Be {{mood}}. {{> rules@3}}", rules: "No lists." });
    expect(await compose('Say {"a": "{{x}}"}', "{{> tone}} \\{{> tone}}")).toEqual({
      ok: true,
      value: {
        system: "Be {{mood}}. No lists. {{> tone}}",
        user: 'Say {"a": "{{x}}"}',
        includes: [
          { promptId: "id-rules", slug: "rules", number: 3 },
          { promptId: "id-tone", slug: "tone", number: 7 },
        ],
      },
    });
  });

  it("reads what an included text holds once: a tag that comes out of an escape is text", async () => {
    const { compose } = library({ tone: "\\{{> rules}}", rules: "never" });
    expect(await compose("{{> tone}}")).toMatchObject({ ok: true, value: { user: "{{> rules}}" } });
  });

  it("reads each version once, however often it is named", async () => {
    const texts = Object.fromEntries(
      Array.from({ length: 9 }, (_, level) => [`l${level}`, `{{> l${level + 1}}}`.repeat(1_000)]),
    );
    const { compose, asked } = library({ ...texts, l9: "" });
    expect(await compose("{{> l0}}")).toMatchObject({ ok: true, value: { user: "" } });
    expect(asked).toHaveLength(10);
  });

  it.each([
    ["unknown", "{{> gone}}", {}, "gone@production"],
    ["unknown", "{{> tone@9}}", { "tone@production": "x" }, "tone@9"],
    ["not-text", "{{> chat-one}}", { "chat-one": "x" }, "chat-one@production"],
    ["cycle", "{{> self}}", { self: "x" }, "self@production"],
    ["cycle", "{{> a}}", { a: "{{> b@2}}", b: "{{> self@1}}", self: "x" }, "self@1"],
    ["cycle", "{{> a}}", { a: "{{> b}}", b: "{{> a@1}}" }, "a@1"],
    ["too-long", "{{> a}}{{> a}}", { a: "x".repeat(60_000) }, "a@production"],
  ])("refuses: %s", async (code, text, texts, prompt) => {
    const composed = await library(texts).compose(text);
    expect(composed).toMatchObject({ ok: false, error: { code, prompt } });
    expect(composed.ok ? "" : sayComposeProblem(composed.error)).toContain(prompt);
  });

  const chain = (levels: number) =>
    Object.fromEntries(
      Array.from({ length: levels }, (_, at) => [`l${at + 1}`, at + 1 === levels ? "end" : `{{> l${at + 2}}}`]),
    );
  it("takes ten levels and no more, also where a part of them was put together before", async () => {
    expect(await library(chain(10)).compose("{{> l1}}")).toMatchObject({ ok: true, value: { user: "end" } });
    expect(await library(chain(11)).compose("{{> l1}}")).toMatchObject({ ok: false, error: { code: "too-deep" } });
    expect(await library(chain(11)).compose("{{> l2}} {{> l1}}")).toMatchObject({
      ok: false,
      error: { code: "too-deep" },
    });
  });

  it("takes a hundred prompts and no more", async () => {
    const many = (count: number) => Array.from({ length: count }, (_, at) => `p${at}`);
    const texts = Object.fromEntries(many(101).map((slug) => [slug, "x"]));
    const say = (count: number) =>
      library(texts).compose(
        many(count)
          .map((slug) => `{{> ${slug}}}`)
          .join(""),
      );
    expect(await say(100)).toMatchObject({ ok: true });
    expect(await say(101)).toMatchObject({ ok: false, error: { code: "too-many" } });
  });
});
