import { describe, expect, it } from "vitest";
import { emptyContent, type PromptContent, type PromptKind, promptContent } from "../prompt-content";
import { checkQuality } from "./check-quality";
import { qualityWeights } from "./finding";

const check = (user: string, more: Partial<PromptContent> = {}, kind: PromptKind = "chat") =>
  checkQuality(kind, { ...emptyContent, user, ...more });
const codes = (user: string, more: Partial<PromptContent> = {}, kind: PromptKind = "chat") =>
  check(user, more, kind).findings.map(({ code }) => code);
const pair = (user: string, assistant: string) => ({ user, assistant });

const good = `Sort the complaint into one of these labels: delivery, billing, quality.

Complaint:
"""
{{complaint}}
"""

Reply with the label alone, one word. If none fits, reply with "other".`;
const goodChinese = `请判断下面的投诉属于哪一类：物流、账单、质量。

投诉：
"""
{{投诉}}
"""

只回答一个类别，不超过两个字。如果都不合适，请回答“其他”。`;
const examples = [pair("The parcel is late.", "delivery"), pair("I was charged twice.", "billing")];

describe("the score", () => {
  it.each([good, goodChinese])("is 100 where nothing is found", (text) => {
    expect(check(text, { examples })).toMatchObject({ score: 100, findings: [], more: 0 });
  });

  it("is the sum of parts that sum to 100, and no part loses more than it is worth", () => {
    expect(Object.values(qualityWeights).reduce((sum, weight) => sum + weight, 0)).toBe(100);
    const { score, parts, findings, more } = check("etc ".repeat(500));
    expect(parts.find(({ part }) => part === "clarity")?.points).toBe(0);
    expect(score).toBe(parts.reduce((sum, { points }) => sum + points, 0));
    expect(findings.filter(({ code }) => code === "vague-word")).toHaveLength(3);
    expect(more).toBeGreaterThan(400);
  });

  it("is the same for the same words, and never changes them", () => {
    const content = promptContent.parse({ user: "Do something nice with {{x}} etc." });
    const before = structuredClone(content);
    expect(checkQuality("chat", content)).toEqual(checkQuality("chat", content));
    expect(content).toEqual(before);
  });
});

describe("a finding", () => {
  it.each([
    ["too-short", "{{x}}!", {}],
    ["too-short", "{{文本}}好", {}],
    ["no-task", "You are an assistant of the company, {{x}} is the customer", {}],
    ["no-task", "你是公司的客服助手，客户名称是{{x}}", {}],
    ["vague-word", "Write something nice about {{x}} in 3 sentences", {}],
    ["vague-word", "请适当地总结{{x}}，不超过三句话", {}],
    ["long-sentence", `Write about {{x}} ${"and this too ".repeat(30)}.`, {}],
    ["long-sentence", `请总结${"这段很长很长的文字".repeat(15)}{{x}}`, {}],
    ["brief-and-long", "Answer {{x}} briefly and in detail.", {}],
    ["brief-and-long", "请简洁而详细地回答{{x}}", {}],
    ["wall-of-text", "Write about the parcel. ".repeat(30), {}],
    ["bare-value", `Read what the customer wrote {{x}} and then decide which department it goes to, please do so`, {}],
    ["odd-braces", "Answer {{user name}} now, in one sentence", {}],
    ["open-fence", "Read this code:\n```\n{{code}}\n and say in one line what it does", {}],
    [
      "unused-variable",
      "Answer {{x}}",
      { variables: promptContent.parse({ variables: [{ name: "gone" }] }).variables },
    ],
    ["no-variable", "Write a poem of three lines about the sea.", {}],
    ["said-twice", "Answer in one friendly sentence.\n{{x}}\nAnswer in one friendly sentence.", {}],
    ["left-over", "TODO: say how. Answer {{x}}", {}],
    ["left-over", "待补充：语气。请回答{{x}}", {}],
    ["no-examples", good, {}],
    ["one-example", good, { examples: examples.slice(0, 1) }],
    ["same-replies", good, { examples: ["a", "b", "c"].map((user) => pair(user, "delivery")) }],
    ["same-examples", good, { examples: [pair("a", "delivery"), pair("a ", "billing")] }],
    ["braces-in-example", good, { examples: [pair("{{complaint}}", "delivery"), pair("b", "billing")] }],
    ["reply-not-json", good, { examples, schema: { type: "object" } }],
    ["no-form", "Explain why the sky over {{x}} is blue, if it is", {}],
    ["no-way-out", "Translate into French, in one line:\n{{x}}", {}],
    ["no-length", "Explain as a table why the sky over {{x}} is blue", {}],
  ] as const)("is %s for %j", (code, text, more) => {
    expect(codes(text, more as Partial<PromptContent>)).toContain(code);
  });

  it.each([
    ["vague-word", "Write about niceties, sketching and etceteras of {{x}}"],
    ["odd-braces", 'Reply with {"a": {{"b": 1}}} for {{x}}, {{> tone}}'],
    ["bare-value", `Sort the complaint of the customer by the department that it goes to: {{x}}`],
    ["bare-value", `Sort the complaint of the customer by the department that it goes to, "{{x}}", and say why`],
    ["said-twice", "Yes.\nYes.\nWhich of the two is {{x}}?"],
    ["left-over", "Say how {{x}} method of mastodons works"],
    ["long-sentence", `List for {{x}}:\n${"- one more line of a list\n".repeat(40)}`],
  ])("is not %s for %j", (code, text) => {
    expect(codes(text)).not.toContain(code);
  });

  it("says where: the stretch of the text, the row, the variable", () => {
    const text = "Write something about {{x}} in 3 sentences";
    const [vague] = check(text).findings.filter(({ code }) => code === "vague-word");
    expect(vague).toMatchObject({ at: { field: "user", start: 6, end: 15 }, quote: "something" });
    const row = check(good, { examples: [...examples, pair("{{x}}", "delivery")] }).findings;
    expect(row).toMatchObject([{ code: "braces-in-example", at: { field: "examples", index: 2 } }]);
  });

  it("asks of a text that others include neither a task, nor examples, nor a form", () => {
    expect(codes("Warm and plain; no exclamation marks, no jargon.", {}, "text")).toEqual([]);
  });
});

it("reads the longest prompt in a moment", () => {
  const begun = performance.now();
  check("{{a}} etc. ".repeat(9_000), { system: "`".repeat(100_000) });
  check(`${"如果".repeat(40_000)}`, { system: " ".repeat(99_999) });
  expect(performance.now() - begun).toBeLessThan(2_000);
});
