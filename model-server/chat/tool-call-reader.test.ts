import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CallPiece, ToolCallReader } from "./tool-call-reader";

function read(chunks: readonly string[]) {
  const texts: string[] = [];
  const pieces: CallPiece[] = [];
  const reader = new ToolCallReader(
    (text) => texts.push(text),
    (piece) => pieces.push(piece),
  );
  for (const chunk of chunks) reader.push(chunk);
  return { reader, texts, pieces };
}
const call = (name: string, given: unknown) => `{"name": "${name}", "arguments": ${JSON.stringify(given)}}`;
const tagged = (name: string, given: unknown) => `<tool_call>\n${call(name, given)}\n</tool_call>`;

describe("ToolCallReader", () => {
  it("hands a text on as it comes", () => {
    const { reader, texts, pieces } = read(["", "It is ", "{not} a call."]);
    expect(texts).toEqual(["It is ", "{not} a call."]);
    expect(reader.text).toBe("It is {not} a call.");
    expect([reader.calls, pieces]).toEqual([[], []]);
  });

  it("reads calls in tags, bare and in a fence", () => {
    const given = { city: "Paris" };
    for (const answer of [
      tagged("weather", given),
      call("weather", given),
      `\`\`\`json\n${call("weather", given)}\n\`\`\``,
    ])
      expect(read([answer]).reader.calls).toEqual([{ name: "weather", argumentText: JSON.stringify(given) }]);
    expect(read(['{"name":"x","arguments":{}}']).reader.calls).toEqual([{ name: "x", argumentText: "{}" }]);
  });

  it("gives the same calls however the answer is cut, and pieces that make them up", () => {
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom('}}"]', '\\"', '{"name": "no", "arguments": {'),
    );
    const made = fc.array(fc.tuple(fc.constantFrom("one", "two-2"), fc.dictionary(fc.string(), value)), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(made, fc.array(fc.nat(200)), (calls, cuts) => {
        const answer = calls.map(([name, given]) => tagged(name, given)).join("\n");
        const places = [0, ...cuts.filter((cut) => cut < answer.length).sort((a, b) => a - b), answer.length];
        const { reader, texts, pieces } = read(places.slice(1).map((end, index) => answer.slice(places[index], end)));
        const expected = calls.map(([name, given]) => ({ name, argumentText: JSON.stringify(given) }));
        expect(reader.calls).toEqual(expected);
        expect([reader.text, texts]).toEqual(["", []]);
        const joined = expected.map((_, index) =>
          pieces
            .flatMap((piece) => (piece.index === index && "argumentText" in piece ? [piece.argumentText] : []))
            .join(""),
        );
        expect(joined).toEqual(expected.map(({ argumentText }) => argumentText));
        expect(pieces.flatMap((piece) => ("name" in piece ? [piece.name] : []))).toEqual(calls.map(([name]) => name));
      }),
    );
  });

  it("keeps what there is of a call that was cut off", () => {
    const { reader } = read(['<tool_call>\n{"name": "weather", "arguments": {"city": "Par']);
    expect(reader.calls).toEqual([{ name: "weather", argumentText: '{"city": "Par' }]);
    expect(read(['<tool_call>\n{"name": "wea']).reader.calls).toEqual([]);
  });
});
