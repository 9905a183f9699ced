import fc from "fast-check";
import { Stream } from "openai/core/streaming";
import { describe, expect, it } from "vitest";
import { EventStreamReader } from "./event-stream";

const bytes = (text: string) => new TextEncoder().encode(text);

/** Cuts bytes at the given places. */
const cutAt = (whole: Uint8Array, places: readonly number[]): Uint8Array[] => {
  const cuts = [...new Set(places.map((place) => place % (whole.length + 1)))].sort((a, b) => a - b);
  return [0, ...cuts].map((from, index) => whole.subarray(from, cuts[index] ?? whole.length));
};

const read = (pieces: readonly Uint8Array[]): unknown[] => {
  const reader = new EventStreamReader(() => new Error("unreadable"));
  const values = pieces.flatMap((piece) => reader.push(piece));
  return [...values, ...reader.end()];
};

const lineEnd = fc.constantFrom("\n", "\r\n", "\r");
const event = fc.record({
  value: fc.oneof(fc.record({ text: fc.string({ unit: "grapheme" }) }), fc.constantFrom("漢字", 1, null, [1, 2])),
  before: fc.constantFrom("", ": keep-alive", "event: message", "id: 7", "retry: 10"),
  space: fc.constantFrom("", " "),
});

describe("a stream of server-sent events", () => {
  it("gives the same values wherever the bytes are cut, and the ones that were sent", () => {
    fc.assert(
      fc.property(fc.array(event), lineEnd, fc.array(fc.nat()), (events, end, places) => {
        const text = events
          .map(
            ({ value, before, space }) =>
              `${before === "" ? "" : `${before}${end}`}data:${space}${JSON.stringify(value)}${end}${end}`,
          )
          .join("");
        expect(read(cutAt(bytes(text), places))).toEqual(events.map(({ value }) => value));
      }),
    );
  });

  it("agrees with the reader of the openai package", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(event), lineEnd, fc.array(fc.nat()), async (events, end, places) => {
        const text = events
          .map(({ value, space }) => `data:${space}${JSON.stringify(value)}${end}${end}`)
          .concat(`data: [DONE]${end}${end}`)
          .join("");
        const pieces = cutAt(bytes(text), places).filter((piece) => piece.length > 0);
        const body = new ReadableStream<Uint8Array>({
          start(controller) {
            for (const piece of pieces) controller.enqueue(piece);
            controller.close();
          },
        });
        const theirs: unknown[] = [];
        const stream = Stream.fromSSEResponse<unknown>(new Response(body), new AbortController());
        for await (const value of stream) theirs.push(value);
        expect(read(pieces)).toEqual(theirs);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ["an event in two data lines", 'data: {"a":\ndata: 1}\n\n', [{ a: 1 }]],
    ["events without a blank line between", 'data: {"a":1}\ndata: {"a":2}\ndata: [DONE]\n\n', [{ a: 1 }, { a: 2 }]],
    ["a last event that nobody closed", 'data: {"a":1}', [{ a: 1 }]],
    ["nothing after the end", "data: 1\n\ndata: [DONE]\n\ndata: 2\n\n", [1]],
    ["an end with blanks", "data: 1\n\ndata:  [DONE] \n\n", [1]],
    ["comments and empty events", ": hello\n\n\n\ndata: 1\n\n: bye", [1]],
    ["a byte order mark", "\uFEFFdata: 1\n\n", [1]],
    ["no event at all", "", []],
  ])("reads %s", (_, text, values) => {
    expect(read([bytes(text)])).toEqual(values);
    expect(read([...bytes(text)].map((byte) => Uint8Array.of(byte)))).toEqual(values);
  });

  it("refuses what is not JSON", () => {
    expect(() => read([bytes("data: {broken\n\n")])).toThrow("unreadable");
  });

  it("joins a long line once, not with each of its pieces", () => {
    const piece = bytes("x".repeat(1_000));
    const reader = new EventStreamReader(() => new Error("unreadable"));
    reader.push(bytes('data: "'));
    for (let count = 0; count < 20_000; count += 1) expect(reader.push(piece)).toEqual([]);
    expect((reader.push(bytes('"\n\n'))[0] as string).length).toBe(20_000_000);
  });
});
