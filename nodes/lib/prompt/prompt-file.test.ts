import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { type FiledPrompt, filedPrompt, fromPromptFile, mostInFile, toPromptFile } from "./prompt-file";

const prompt = (slug: string, more: object = {}): FiledPrompt =>
  filedPrompt.parse({
    slug,
    name: slug,
    kind: "chat",
    content: { system: "Be kind.\nBe short.", user: "{{a}}" },
    ...more,
  });
const full = prompt("full", {
  folder: "support/complaints",
  taskType: "reply",
  tags: ["b", "a"],
  notes: "Line one\nline two",
  content: {
    system: "no",
    user: '{{who}}: {"a": 1}\n\n  indented # not a comment\n{{> tone@3}}',
    examples: [{ user: "yes", assistant: "0123" }],
    variables: [{ name: "who", type: "number", description: "", example: "007" }],
    schema: { type: "object", properties: { a: { type: "string" } } },
    settings: { temperature: 0.2, stop: ["\n"] },
  },
});

describe("prompts as a file", () => {
  it("come back as they were, also words that YAML would take for something else", () => {
    for (const words of [
      "no",
      "null",
      "0123",
      "- a\n- b",
      "a: b",
      "\t tab",
      "', \" `",
      "很好：是",
      "😀",
      "#",
      "|\n>",
      "{{> x}}",
    ]) {
      const one = prompt("odd", { content: { system: words, user: words } });
      const text = stringify(toPromptFile([one, full]), { lineWidth: 0 });
      expect(fromPromptFile(parse(text))).toEqual({ ok: true, value: [full, one] });
    }
  });

  // Each of them was lost, or made the file unreadable, somewhere else.
  it("come back with indented first lines, lines of blanks, tabs, blank lines at both ends, and braces of JSON", () => {
    const odd = [
      "    indented first\nthen not",
      "a\n         \nb",
      "$noop()\n\t$if(1,\n\t\t2)",
      "trailing \n blanks  \n",
      "\n\nstart and end\n\n\n",
      "a\r\nb",
      '{{\n   "Type":\n        {{\n          "car": "audi"\n        }},\n"oldtires": 0\n}}',
      '```{"MyTitle":"","Myvalue":{"a":{}}}```\nThe question is: {question}',
      "--- a: b\n---\n...\n%YAML 1.2",
      "&anchor *alias !tag @at `tick` ? - : ,",
    ].map((system, at) => prompt(`odd-${at}`, { content: { system, user: "{{a}}" } }));
    const text = stringify(toPromptFile(odd), { lineWidth: 0 });
    expect(fromPromptFile(parse(text))).toEqual({ ok: true, value: odd });
    // As git hands it out on Windows; a line break that was \r\n in the words is written out and stays.
    expect(fromPromptFile(parse(text.replaceAll("\n", "\r\n")))).toEqual({ ok: true, value: odd });
  });

  it("stand in the order of their names, without what is empty, so that an edit changes its own lines", () => {
    const [b, a] = [prompt("b"), prompt("a")];
    const before = stringify(toPromptFile([b, a]), { lineWidth: 0 });
    expect(stringify(toPromptFile([a, b]), { lineWidth: 0 })).toBe(before);
    expect(before).toContain("system: |-\n        Be kind.\n        Be short.");
    expect(before).not.toContain("examples");
    const after = stringify(
      toPromptFile([prompt("b", { content: { system: "Be kind.\nBe brief.", user: "{{a}}" } }), a]),
      { lineWidth: 0 },
    );
    const lines = (text: string) => text.split("\n");
    expect(lines(after).filter((line, at) => line !== lines(before)[at])).toEqual(["        Be brief."]);
  });

  it("are refused with the place where they cannot be read", () => {
    const wrong = (prompts: unknown) => fromPromptFile({ format: "pipewright/prompts", version: 1, prompts });
    const reason = (value: ReturnType<typeof fromPromptFile>) => (value.ok ? "" : value.error);
    for (const value of [
      null,
      7,
      [],
      "text",
      { kind: "app" },
      { format: "pipewright/prompts", version: 2, prompts: {} },
    ])
      expect(reason(fromPromptFile(value))).toContain("no file of prompts");
    expect(reason(wrong({}))).toContain("no prompt");
    expect(reason(wrong({ a: 7 }))).toContain("prompts.a");
    expect(reason(wrong({ a: { name: "A", kind: "chat", content: { system: 7 } } }))).toContain(
      "prompts.a.content.system",
    );
    expect(reason(wrong({ a: { name: "A", kind: "chat", content: {}, secret: 1 } }))).toContain("prompts.a");
    expect(reason(wrong({ "No Slug": { name: "A", kind: "chat", content: {} } }))).toContain("prompts.No Slug.slug");
    const many = Object.fromEntries(Array.from({ length: mostInFile + 1 }, (_, at) => [`p${at}`, {}]));
    expect(reason(wrong(many))).toContain(`at most ${mostInFile}`);
  });
});
