import { describe, expect, it } from "vitest";
import type { ChatPart } from "@/runtime/node/context";
import type { ChatTool } from "@/runtime/node/tool";
import { inPrompt, PromptedReply } from "./prompted-tools";

const tools: readonly ChatTool[] = [
  { name: "add", description: "Adds.", parameters: { type: "object", properties: { a: { type: "number" } } } },
];
const finish: ChatPart = {
  type: "finish",
  reason: "stop",
  outcome: null,
  usage: null,
  costMicroUsd: null,
  model: "m",
};
const read = (...pieces: string[]) => {
  const reply = new PromptedReply(tools, 3);
  return [...reply.pass([...pieces.map((delta): ChatPart => ({ type: "text-delta", delta })), finish])];
};
const textOf = (parts: readonly ChatPart[]) =>
  parts.map((part) => (part.type === "text-delta" ? part.delta : "")).join("");

describe("tools told in the prompt", () => {
  it("holds the reply to a call or an answer", () => {
    const told = inPrompt({
      model: "m",
      tools,
      messages: [
        { role: "system", content: "Be kind." },
        { role: "user", content: "2 + 2?" },
        { role: "assistant", content: "", toolCalls: [{ id: "1", name: "add", arguments: '{"a":2}' }] },
        { role: "tool", content: "4", toolCallId: "1" },
      ],
    });
    expect(told.messages.map(({ role }) => role)).toEqual(["system", "user", "assistant", "user"]);
    expect(told.messages[2]?.content).toBe('{"tool": "add", "arguments": {"a":2}}');
    expect(told.messages[3]?.content).toBe("The tool gave:\n4");
    expect(told).not.toHaveProperty("tools");
    expect(told.responseSchema).toMatchObject({
      anyOf: [{ required: ["tool", "arguments"] }, { required: ["answer"] }],
    });
  });

  it("offers no answer where a call is asked for, and nothing of tools where none may be called", () => {
    const messages = [{ role: "user" as const, content: "x" }];
    expect(inPrompt({ model: "m", tools, messages, toolChoice: "required" }).responseSchema).toMatchObject({
      anyOf: [{ required: ["tool", "arguments"] }],
    });
    expect(inPrompt({ model: "m", tools, messages, toolChoice: "none" })).toEqual({ model: "m", messages });
  });

  it("gives the words of an answer as they come, escapes and all", () => {
    const parts = read('{"ans', 'wer": "It is ', "\\u4e", '2d\\n"', "}");
    expect(textOf(parts)).toBe("It is 中\n");
    expect(parts.filter(({ type }) => type === "text-delta").length).toBeGreaterThan(1);
  });

  it("gives a call, with an id of its own", () => {
    const parts = read('{"tool": "add", ', '"arguments": {"a": 1}}');
    expect(parts).toEqual([
      { type: "tool-call", call: { id: "call00003", name: "add", arguments: '{"a":1}' } },
      { ...finish, reason: "tool-calls", outcome: null },
    ]);
  });

  it.each([
    ["words of its own", "The sum is four."],
    ["JSON of another form", '{"sum": 4}'],
    ["an answer that is cut", '{"answer": "The sum'],
    ["nothing but a brace", "{"],
  ])("takes %s for the answer", (_, text) => {
    const said = textOf(read(text));
    expect(said.length).toBeGreaterThan(0);
    expect(text).toContain(said);
  });

  it("takes an empty reply for none", () => {
    expect(read("").at(-1)).toMatchObject({ type: "finish", outcome: "empty" });
  });

  it("gives an answer that is JSON as JSON", () => {
    expect(textOf(read('```json\n{"answer": {"sum": 4}}\n```'))).toBe('{"sum":4}');
  });
});
