import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { valueLimits } from "@/runtime/node/value-limits";
import { parseTemplate, renderTemplate, templateVariables } from "./template";
import { isVariableName } from "./variable-name";

const names = (template: string) => templateVariables(template).map(({ name }) => name);

describe("parseTemplate", () => {
  it("finds variables of any script, once each, in order of first use", () => {
    expect(names("{{b}} {{ a }} {{投诉内容}} {{b}} {{naïve_1}} {{order-id}}")).toEqual([
      "b",
      "a",
      "投诉内容",
      "naïve_1",
      "order-id",
    ]);
  });

  it.each(["{{}}", "{{ }}", "{{1st}}", "{{user name}}", "{{a}", "{a}}", "{{a\n}}", "{{a-}", '{{"a": 1}}', "{{a.}}"])(
    "takes %j for text",
    (template) => {
      expect(names(template)).toEqual([]);
      expect(renderTemplate(template, {})).toBe(template);
    },
  );

  it.each(["__proto__", "constructor", "toString", "hasOwnProperty"])("has no variable %s", (name) => {
    expect(isVariableName(name)).toBe(false);
    expect(renderTemplate(`{{${name}}}`, {})).toBe(`{{${name}}}`);
  });

  it("marks what looks like a variable and is none, but leaves JSON alone", () => {
    const kinds = (template: string) => parseTemplate(template).map(({ kind }) => kind);
    expect(kinds("{{user name}}")).toEqual(["malformed"]);
    expect(kinds('{"a":{"b":{}}} {{"c": 1}}')).toEqual(["text"]);
  });

  it("gives parts whose sources join to the template, each at its start", () => {
    fc.assert(
      fc.property(arbitraryTemplate, (template) => {
        const parts = parseTemplate(template);
        expect(parts.map(({ source }) => source).join("")).toBe(template);
        for (const { source, start } of parts) expect(template.startsWith(source, start)).toBe(true);
      }),
    );
  });

  it("reads 100,000 braces and backslashes in a moment", () => {
    const began = performance.now();
    for (const text of ["{".repeat(100_000), "\\".repeat(100_000), "{{a".repeat(33_000), "{{a.b[".repeat(16_000)]) {
      parseTemplate(text);
    }
    expect(performance.now() - began).toBeLessThan(2000);
  });
});

describe("renderTemplate", () => {
  it("fills each variable", () => {
    expect(renderTemplate("{{a}} and {{b}} and {{a}}", { a: "x", b: "y" })).toBe("x and y and x");
  });

  it("writes numbers, yes and no, JSON and nothing the way a person would", () => {
    expect(renderTemplate("{{n}}|{{b}}|{{z}}|{{j}}", { n: 1.5, b: false, z: null, j: { 名: ["李"] } })).toBe(
      '1.5|false||{\n  "名": [\n    "李"\n  ]\n}',
    );
  });

  it("reaches into values, and into text that is JSON", () => {
    expect(renderTemplate("{{o.items[1].name}} {{o.items[-1].name}}", { o: { items: [1, { name: "b" }] } })).toBe(
      "b b",
    );
    expect(renderTemplate("{{o.a}}", { o: '{"a": 7}' })).toBe("7");
  });

  it.each([
    ["\\{{a}}", "{{a}}"],
    ["\\\\{{a}}", "\\x"],
    ["\\\\\\{{a}}", "\\{{a}}"],
    ["\\n {{a}} \\{ \\{{ not one }}", "\\n x \\{ \\{{ not one }}"],
    ["{{{a}}}", "{x}"],
    ["C:\\dir\\{{a}}", "C:\\dir{{a}}"],
  ])("writes %j as %j", (template, text) => {
    expect(renderTemplate(template, { a: "x" })).toBe(text);
  });

  it("makes one pass: nothing in a value is read as a template", () => {
    fc.assert(
      fc.property(fc.string(), arbitraryTemplate, (before, hostile) => {
        const safe = before.replace(/[{}\\]/g, "");
        expect(renderTemplate(`${safe}{{a}}|{{b}}`, { a: hostile, b: "B" })).toBe(`${safe}${hostile}|B`);
      }),
    );
    expect(renderTemplate("{{a}}", { a: "{{b}} {{__proto__}} {{constructor}} $& $1 \\{{a}}", b: "leak" })).toBe(
      "{{b}} {{__proto__}} {{constructor}} $& $1 \\{{a}}",
    );
  });

  it("refuses to write what would be longer than a value may be, before it is written", () => {
    const half = "x".repeat(valueLimits.characters / 2);
    expect(renderTemplate("{{a}}{{a}}", { a: half })).toHaveLength(valueLimits.characters);
    const code = "value-too-large";
    expect(() => renderTemplate("{{a}}{{a}}.", { a: half })).toThrow(expect.objectContaining({ code }));
    // 25,000 copies would have 50,000 million characters.
    expect(() => renderTemplate("{{a}}".repeat(25_000 / 2), { a: half })).toThrow(expect.objectContaining({ code }));
    let nested: unknown = 1;
    for (let depth = 0; depth < 40; depth++) nested = [nested, nested];
    expect(() => renderTemplate("{{a}}", { a: nested })).toThrow(expect.objectContaining({ code }));
  });

  it("refuses a hole: a value that was not sent, or a path that finds nothing", () => {
    expect(() => renderTemplate("{{a}}", {})).toThrow("Nothing was delivered for {{a}}.");
    expect(() => renderTemplate("{{a.b}}", { a: {} })).toThrow('{{a.b}} found nothing: the value has no field "b".');
    expect(() => renderTemplate("{{a.constructor}}", { a: {} })).toThrow("found nothing");
    expect(() => renderTemplate("{{a[3]}}", { a: [1] })).toThrow("none at [3]");
  });
});

const arbitraryTemplate = fc
  .array(
    fc.oneof(
      fc.constantFrom("{{", "}}", "{", "}", "\\", "{{a}}", "{{b.c[0]}}", "{{__proto__}}", "{{ 名 }}", "\\{{a}}", "\n"),
      fc.string({ maxLength: 5 }),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(""));
