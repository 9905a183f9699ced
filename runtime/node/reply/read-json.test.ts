import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJson, replyJsonLimits } from "./read-json";

/** The schema `{a: number}`. */
const problemOf = (value: unknown): string | null =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  typeof (value as { a?: unknown }).a === "number"
    ? null
    : "a must be a number";
const read = (reply: string) => readJson(reply, { problemOf });
const readAs = (reply: string) => {
  const reading = read(reply);
  return reading.ok ? (reading.value.value as { a: number }).a : reading.error.kind;
};
const fence = (language: string, text: string) => `\`\`\`${language}\n${text}\n\`\`\``;

describe("the JSON in a reply", () => {
  it.each([
    ["bare", '{"a":1}'],
    ["after thinking", '<think>Maybe {"a": 7} is wrong, so 1.</think>{"a":1}'],
    ["after thinking that never opened", 'Maybe {"a": 7}.</think>\n{"a":1}'],
    [
      "after raw channels",
      '<|channel|>analysis<|message|>{"a":7}<|end|><|start|>assistant<|channel|>final<|message|>{"a":1}',
    ],
    ["before thinking of a mark", '{"a":1, "text": "the </think> mark"}'],
    ["behind a command", `${fence("bash", "curl -d '{\"a\":9}' x")}\n${fence("json", '{"a":1}')}`],
    ["before a command", `${fence("json", '{"a":1}')}\nCall it with\n${fence("bash", "curl -d '{\"a\":9}' x")}`],
    ["before a program", `${fence("json", '{"a":1}')}\n${fence("python", 'x = {"a": 9}')}`],
    ["in capitals", fence("JSON", '{"a":1}')],
    ["behind an example", 'Example format: {"a": 0}\nAnswer: {"a": 1}'],
    ["behind a fenced example", `Format:\n${fence("json", '{"a": 0}')}\nAnswer:\n${fence("json", '{"a": 1}')}`],
    ["behind marks of notes", 'According to [1] and [2], the result is {"a":1}.'],
    ["before marks of notes", '{"a":1} (see [1])'],
    ["behind a tick box", '- [ ] open\n- [x] done\n{"a":1}'],
    ["behind a link", '[docs](http://x/{id}) {"a":1}'],
    ["in brackets of the prose", '[The result: {"a":1}]'],
    ["in doubled braces", '{{"a":1}}'],
    ["behind braces of the prose", 'Use {braces} like so: {"a": 1} }'],
    ["behind a quote that never closes", '5" wide: {"a": 1}'],
    ["behind an apostrophe", "Don't worry, {'a': 1}"],
    ["behind a set of mathematics", 'For x in {1, 2, 3}: {"a":1}'],
    ["in a fence without a line", '```json {"a":1}```'],
    ["in a fence that never closes", '```json\n{"a":1}'],
    ["in tildes", '~~~json\n{"a":1}\n~~~'],
    ["with a fence in a text", fence("json", '{"a":1, "text": "```x```"}')],
    ["written as a text", '"{\\"a\\": 1}"'],
    ["with a trailing comma", '{"a": 1,}'],
    ["with comments", '{"a": 1, // the sum\n /* of all */ "b": [1, 2,], # and more\n}'],
    ["in single quotes", "{'a': 1, 'b': 'it's fine'}"],
    ["in curly quotes", "{“a”: 1, “b”: “x”}"],
    ["with bare names", "{a: 1}"],
    ["as Python writes it", "{'a': 1, 'b': True, 'c': None}"],
    ["with what is no number", '{"a": 1, "b": NaN, "c": -Infinity}'],
    ["with line breaks in a text", '{"a": 1, "b": "one\ntwo\tthree"}'],
    ["with full-width signs", '{"a"：1，"b"：2}'],
    ["with an escape of LaTeX", '{"a": 1, "b": "\\alpha \\( x \\)"}'],
    ["with a mark of byte order", '\ufeff{"a":1}'],
    ["with unusual numbers", '{"a": +1., "b": .5}'],
    ["in each of two objects, the last counts", '{"a": 0}\n{"a": 1}'],
  ])("is read %s", (_, reply) => {
    expect(readAs(reply)).toBe(1);
  });

  it.each([
    ['{"a": 1', "cut"],
    ['{"a": 0} and then {"a": 1', "cut"],
    ['```json\n{"a": 1, "b": "never en', "cut"],
    ['[{"a": 1}, {"a"', "cut"],
    ['{"a": 1, "b": tru', "cut"],
    ["", "empty"],
    ['<think>{"a":1}</think>', "empty"],
    ["no json here", "none"],
    ["{a b c}", "none"],
    ["{'a': hello world}", "none"],
    ['{"a": 2024-05-05}', "none"],
    ['{"b": 1}', "unfit"],
    ['{"result": {"a": 1}}', "unfit"],
    ['[{"a": 1}]', "unfit"],
    ["42", "unfit"],
    [`{"a": ${"[".repeat(200)}${"]".repeat(200)}}`, "deep"],
    [" ".repeat(replyJsonLimits.length + 1), "too-long"],
  ])("is not made up for %#", (reply, kind) => {
    expect(readAs(reply)).toBe(kind);
  });

  it("keeps every digit of a long number, as text, and says so", () => {
    const reading = readJson(
      '{"a": 1, "ids": [12345678901234567890, 9007199254740993], "card": 4111111111111111, "zip": 01234}',
    );
    expect(reading).toMatchObject({
      ok: true,
      value: {
        value: { a: 1, ids: ["12345678901234567890", "9007199254740993"], card: 4111111111111111, zip: "01234" },
        longNumbers: ["ids.0", "ids.1", "zip"],
      },
    });
    expect(readJson('{"id": 12345678901234567890}')).toMatchObject({
      value: { value: { id: "12345678901234567890" } },
    });
    const refused = readJson('{"a": 12345678901234567890}', { problemOf });
    expect(refused).toMatchObject({ ok: false, error: { kind: "unfit", message: expect.stringContaining("a") } });
  });

  it("without a schema is the last list or object that is no mark of a note", () => {
    const any = (reply: string) => (readJson(reply) as { value: { value: unknown } }).value.value;
    expect(any('Per [1]: {"a":1} and see [2].')).toEqual({ a: 1 });
    expect(any("The numbers are [1, 2].")).toEqual([1, 2]);
    expect(any('{"a":1}\n- [ ] later')).toEqual({ a: 1 });
  });

  it("says what was left out and what was read leniently", () => {
    expect(readJson('{"a":1}')).toMatchObject({ value: { repair: null, notes: [] } });
    expect(readJson(fence("json", '{"a":1}'))).toMatchObject({ value: { repair: "code fence" } });
    expect(readJson('Yes: {"a":1}')).toMatchObject({ value: { repair: "surrounding text" } });
    expect(readJson('<think>x</think>{"a":1,}')).toMatchObject({
      value: { repair: "thinking", notes: ["trailing comma"] },
    });
  });

  it("keeps names that mean something to JavaScript", () => {
    const reading = readJson('{"__proto__": {"x": 1}, "constructor": 2,}');
    expect(reading.ok && Object.keys(reading.value.value as object)).toEqual(["__proto__", "constructor"]);
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  it("is any object between words", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { minKeys: 1 }), (value) => {
        const json = JSON.stringify(value);
        fc.pre(!/\d{16}/.test(json) && !/e\+?\d{3}/i.test(json));
        const reading = readJson(`Answer: ${json} done`);
        expect(reading.ok && reading.value.value).toEqual(JSON.parse(json));
      }),
    );
  });

  it("takes time that grows with the reply, not with its square", () => {
    const time = (text: string) => {
      const startedAt = performance.now();
      readJson(text);
      return performance.now() - startedAt;
    };
    const units = [
      "{",
      "[",
      '{"',
      "{“",
      "{'",
      '{"a":',
      "[[1],",
      '{"a":1} ',
      "{a ",
      "```\n",
      '"',
      "'",
      "{'a'x",
      "[/*",
      "[#",
      "{//",
      "\\",
      "[1 ",
      "[ ",
    ];
    for (const unit of units) {
      for (const after of ["", "”", '"', "}", "'"]) {
        const few = unit.repeat(4_000 / unit.length) + after;
        time(few);
        const limit = Math.max(1_000, 40 * time(few));
        expect(time(unit.repeat(64_000 / unit.length) + after), unit + after).toBeLessThan(limit);
      }
    }
  });
});
