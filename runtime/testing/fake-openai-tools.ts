import { smallestValue } from "./smallest-value";

/** What the fake server needs of a chat request where tools are offered. */
export interface FakeToolCall {
  readonly tools?: readonly { readonly function: { readonly name: string; readonly parameters?: unknown } }[];
  readonly tool_choice?: unknown;
  readonly messages?: readonly { readonly role: string; readonly content: unknown }[];
}

interface Call {
  readonly id?: string;
  readonly index?: number;
  readonly name: string;
  readonly arguments: string;
}

export const toolForms = [
  "tools",
  "tools-parallel",
  "tools-fragments",
  "tools-zero-index",
  "tools-no-index",
  "tools-no-id",
  "tools-whole-again",
  "tools-object",
  "tools-broken",
  "tools-unknown",
  "tools-for-ever",
  "tools-in-text",
] as const;
export type ToolForm = (typeof toolForms)[number];

/** The calls that a model of this form asks for now: of each tool offered one, with the least arguments that fit; none once a result is there. */
export const fakeCalls = (
  form: ToolForm,
  { tools = [], tool_choice, messages = [] }: FakeToolCall,
): readonly Call[] => {
  const results = messages.filter(({ role }) => role === "tool").length;
  if (tools.length === 0 || tool_choice === "none" || (results > 0 && form !== "tools-for-ever")) return [];
  const isOne = form === "tools" || form === "tools-for-ever" || form === "tools-broken";
  return (isOne ? tools.slice(0, 1) : tools).map(({ function: { name, parameters } }, index) => ({
    ...(form === "tools-no-id" ? {} : { id: `call_fake_${results}_${index}` }),
    ...(form === "tools-no-index" ? {} : { index: form === "tools-zero-index" ? 0 : index }),
    name: form === "tools-unknown" ? "no_such_tool" : name,
    arguments:
      form === "tools-broken" ? '{"city": "Par' : JSON.stringify(smallestValue(parameters ?? { type: "object" })),
  }));
};

const piece = ({ id, index, name }: Partial<Call>, given: unknown) => ({
  ...(index === undefined ? {} : { index }),
  ...(id === undefined ? {} : { id, type: "function" }),
  function: { ...(name === undefined ? {} : { name }), ...(given === undefined ? {} : { arguments: given }) },
});

/** The deltas of a stream, each a list of pieces. */
export const fakeCallDeltas = (form: ToolForm, calls: readonly Call[]): readonly object[] => {
  if (form === "tools-in-text")
    return calls.flatMap((call) => [
      { content: "<tool_" },
      { content: `call>\n{"name": "${call.name}", ` },
      { content: `"arguments": ${call.arguments}}\n</tool_call>` },
    ]);
  if (form === "tools-object") return [{ tool_calls: calls.map((call) => piece(call, JSON.parse(call.arguments))) }];
  return calls.flatMap((call) => {
    const middle = Math.ceil(call.arguments.length / 2);
    const head = { ...call };
    // Only the first piece says whose it is, as the protocol has it.
    const tail = form === "tools-no-index" || call.index === undefined ? {} : { index: call.index };
    return [
      { tool_calls: [piece(head, "")] },
      { tool_calls: [piece(tail, call.arguments.slice(0, middle))] },
      { tool_calls: [piece(tail, call.arguments.slice(middle))] },
      ...(form === "tools-whole-again" ? [{ tool_calls: [piece(tail, call.arguments)] }] : []),
    ];
  });
};

/** The message of a reply in one piece. */
export const fakeCallMessage = (form: ToolForm, calls: readonly Call[]): object =>
  form === "tools-in-text"
    ? {
        content: calls
          .map((call) => `<tool_call>\n{"name": "${call.name}", "arguments": ${call.arguments}}\n</tool_call>`)
          .join("\n"),
      }
    : {
        content: null,
        tool_calls: calls.map((call) =>
          piece(call, form === "tools-object" ? JSON.parse(call.arguments) : call.arguments),
        ),
      };

/** What such a model says in the end: what its tools gave. */
export const fakeToolAnswer = ({ messages = [] }: FakeToolCall): string => {
  const results = messages.filter(({ role }) => role === "tool").map(({ content }) => String(content));
  return results.length === 0 ? "No tool was asked." : `The tools gave: ${results.join(" | ")}`;
};
