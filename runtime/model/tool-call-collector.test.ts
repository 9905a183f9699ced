import { describe, expect, it } from "vitest";
import { readToolCalls, ToolCallCollector } from "./tool-call-collector";

type Piece = { index?: number; id?: string; name?: string; arguments?: unknown };
const collect = (...pieces: Piece[]) => {
  const collector = new ToolCallCollector();
  for (const { index, id, name, arguments: given } of pieces) {
    const message = { tool_calls: [{ index, id, function: { name, arguments: given } }] };
    for (const fragment of readToolCalls(message)) collector.push(fragment);
  }
  return collector.end().map(({ id, name, arguments: text }) => [id, name, text]);
};

describe("the pieces of tool calls", () => {
  it("go to the call whose id they say, whatever number stands beside it", () => {
    expect(
      collect(
        { index: 0, id: "a", name: "read", arguments: "" },
        { index: 0, arguments: '{"p":1}' },
        { index: 0, id: "b", name: "read", arguments: "" },
        { index: 1, arguments: '{"p":' },
        { index: 1, arguments: "2}" },
        { index: 7, id: "a", arguments: " " },
      ),
    ).toEqual([
      ["a", "read", '{"p":1}'],
      ["b", "read", '{"p":2}'],
    ]);
  });

  it("go to the last call where they say neither id nor number", () => {
    expect(
      collect(
        { id: "a", name: "f", arguments: '{"x"' },
        { arguments: ":1}" },
        { id: "b", name: "g" },
        { arguments: "{}" },
      ),
    ).toEqual([
      ["a", "f", '{"x":1}'],
      ["b", "g", "{}"],
    ]);
  });

  it("make two calls of one name, whole in two pieces without ids", () => {
    expect(
      collect({ index: 0, name: "f", arguments: '{"x":1}' }, { index: 0, name: "f", arguments: '{"x":2}' }),
    ).toEqual([
      ["call00000", "f", '{"x":1}'],
      ["call00001", "f", '{"x":2}'],
    ]);
  });

  it("say a name again with each piece, or in parts, or a longer one", () => {
    const call = (...names: string[]) =>
      collect(...names.map((name, place) => ({ index: 0, id: "a", name, arguments: place === 0 ? "" : "" })));
    expect(call("get_weather", "get_weather")).toEqual([["a", "get_weather", "{}"]]);
    expect(call("get_", "weather")).toEqual([["a", "get_weather", "{}"]]);
    expect(call("get", "get_weather")).toEqual([["a", "get_weather", "{}"]]);
  });

  it("begin with an empty object that the real one follows", () => {
    expect(collect({ index: 0, id: "a", name: "f", arguments: "{}" }, { index: 0, arguments: '{"x":1}' })).toEqual([
      ["a", "f", '{"x":1}'],
    ]);
  });

  it("are arguments of none where nothing came, and no call where no name did", () => {
    expect(collect({ index: 0, id: "a", name: "f", arguments: null })).toEqual([["a", "f", "{}"]]);
    expect(collect({ index: 0, id: "a", arguments: "{}" })).toEqual([]);
  });

  it("get ids of their own where a server gives one twice in one piece", () => {
    const collector = new ToolCallCollector(2);
    collector.push({ index: 0, id: "", name: "f", arguments: "{}" });
    collector.push({ index: 1, id: "", name: "g", arguments: "{}" });
    expect(collector.end().map(({ id }) => id)).toEqual(["call00002", "call00003"]);
  });

  it("are read of a server that knows one call at a time", () => {
    const collector = new ToolCallCollector();
    for (const fragment of readToolCalls({ function_call: { name: "f", arguments: '{"a":1}' } }))
      collector.push(fragment);
    expect(collector.end()).toEqual([{ id: "call00000", name: "f", arguments: '{"a":1}' }]);
  });

  it("are bounded in number", () => {
    const collector = new ToolCallCollector();
    for (let index = 0; index < 1_000; index += 1)
      collector.push({ index, id: `i${index}`, name: "f", arguments: "{}" });
    expect(collector.end().length).toBe(128);
  });
});
