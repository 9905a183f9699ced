import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinPieces, splitThinking, ThinkingSplitter } from "./thinking-splitter";

const split = (pieces: readonly string[], beginsThinking = false, isCut = false) => {
  const splitter = new ThinkingSplitter(beginsThinking);
  return joinPieces([...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.end(isCut)]);
};

const cases: readonly (readonly [string, string, string, string])[] = [
  ["think", '<think>Maybe {"a": 7} is wrong, so 1.</think>{"a":1}', 'Maybe {"a": 7} is wrong, so 1.', '{"a":1}'],
  ["blanks around", "\n<think>\nHm.\n</think>\n\nYes", "\nHm.\n", "Yes"],
  ["an empty block", "<think>\n\n</think>\n\nYes", "\n\n", "Yes"],
  ["capitals", "<THINK>Hm.</Think>Yes", "Hm.", "Yes"],
  ["thinking", "<thinking>Hm.</thinking> Yes", "Hm.", "Yes"],
  ["reasoning", "<reasoning>Hm.</reasoning>Yes", "Hm.", "Yes"],
  ["thought", "<thought>Hm.</thought>Yes", "Hm.", "Yes"],
  ["Seed", "<seed:think>Hm.</seed:think>Yes", "Hm.", "Yes"],
  ["Kimi", "◁think▷Hm.◁/think▷Yes", "Hm.", "Yes"],
  ["Magistral", "[THINK]Hm.[/THINK]Yes", "Hm.", "Yes"],
  ["Command A", "<|START_THINKING|>Hm.<|END_THINKING|><|START_RESPONSE|>Yes<|END_RESPONSE|>", "Hm.", "Yes"],
  ["Gemma", "<|channel>thought\nHm.<channel|>Yes", "\nHm.", "Yes"],
  ["Sky-T1", "<|begin_of_thought|>Hm.<|end_of_thought|>\n<|begin_of_solution|>Yes<|end_of_solution|>", "Hm.", "Yes"],
  ["an answer in marks", "<think>Hm.</think>\n<answer>Yes</answer>", "Hm.", "Yes"],
  ["two blocks", "<think>One.</think>\n<think>Two.</think>Yes", "One.Two.", "Yes"],
  ["no opening mark", 'Maybe {"a": 7}.\n</think>\n\n{"a":1}', 'Maybe {"a": 7}.\n', '{"a":1}'],
  ["a closing mark first", "</think>\n\nYes", "", "Yes"],
  ["no opening mark of Kimi", "Hm.◁/think▷Yes", "Hm.", "Yes"],
  ["a block within a block", "<think>a<think>b</think>c</think>Yes", "a<think>bc", "Yes"],
  ["no end", "<think>Hm, so", "Hm, so", ""],
  [
    "a closing mark that thinking speaks of",
    "<think>I write `</think>` last.</think>Yes",
    "I write `</think>` last.",
    "Yes",
  ],
  [
    "gpt-oss",
    '<|channel|>analysis<|message|>Hm.<|end|><|start|>assistant<|channel|>final<|message|>{"a":1}<|return|>',
    "Hm.",
    '{"a":1}',
  ],
  ["gpt-oss with a form", "<|channel|>final <|constrain|>json<|message|>{}", "", "{}"],
  [
    "gpt-oss with a call",
    "<|start|>assistant<|channel|>commentary to=functions.x <|constrain|>json<|message|>{}<|call|>",
    "{}",
    "",
  ],
  [
    "an end on the line of its last sentence",
    "So it is 4. </think> The answer is 4",
    "So it is 4. ",
    "The answer is 4",
  ],
  ["an end before a name", "so the label is b </think> Billing", "so the label is b ", "Billing"],
  ["gpt-oss without its beginning", "Hm.<|end|><|start|>assistant<|channel|>final<|message|>Yes", "Hm.<|end|>", "Yes"],
  ["gpt-oss without its marks", "analysisWe need one word.assistantfinalYes", "We need one word.", "Yes"],
  ["gpt-oss cut in its thinking", "<|channel|>analysis<|message|>Hm", "Hm", ""],
];

const answers = [
  "Yes",
  "  Yes ",
  "",
  " ",
  "a < b and [1] <b>bold</b>",
  "The mark `<think>` opens, `</think>` closes.",
  'Between "</think>" and the answer stands a blank.',
  "Use <think> to begin and </think> to end.",
  "```xml\n<think>\n</think>\n```",
  "```\nHm.\n</think>\n```",
  "`<think>` stands at the beginning.",
  "analysis of the data",
  "analysis",
  "analysisReport without an end",
  '{"html": "before </think> after", "n": 1}',
  '[{"say": "a \\" quote </think>"}]',
  "<thin",
  "<thinker>x</thinker>",
  "He wrote <|end|> there.",
  "«</think>» закрывает",
  "「</think>」で終わる",
  "Close the part with </think> and go on.",
  "The parser looks for </think>, then stops.",
  "Put 5 </think> tags into the file.",
  "请在推理之后写上结束用的 </think> 标签。",
];

describe("a reply", () => {
  it.each(cases)("with %s is taken apart", (_, reply, thinking, answer) => {
    expect(splitThinking(reply)).toEqual({ thinking, answer });
  });

  it.each(answers)("that is an answer stays whole: %j", (reply) => {
    expect(splitThinking(reply)).toEqual({ thinking: "", answer: reply });
  });

  it("is taken apart alike however it is cut into pieces", () => {
    const replies = [...cases.map(([, reply]) => reply), ...answers];
    fc.assert(
      fc.property(
        fc.constantFrom(...replies),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        (reply, sizes) => {
          const pieces: string[] = [];
          for (let at = 0, turn = 0; at < reply.length; turn += 1) {
            const size = sizes[turn % sizes.length] ?? 1;
            pieces.push(reply.slice(at, at + size));
            at += size;
          }
          expect(split(pieces)).toEqual(splitThinking(reply));
        },
      ),
      { numRuns: 500 },
    );
  });

  it("without any mark is passed on at once", () => {
    const splitter = new ThinkingSplitter();
    expect(splitter.push("Yes")).toEqual([{ kind: "text", text: "Yes" }]);
    expect(splitter.push(", a < b")).toEqual([{ kind: "text", text: ", a < b" }]);
  });

  it("gives thinking while it comes, and takes back text that turns out to be thinking", () => {
    const splitter = new ThinkingSplitter();
    expect(splitter.push("<think>Hm")).toEqual([{ kind: "thinking", text: "Hm" }]);
    const other = new ThinkingSplitter();
    expect(other.push("Hm.")).toEqual([{ kind: "text", text: "Hm." }]);
    expect(other.push("</think>Yes")).toEqual([{ kind: "retract-text" }, { kind: "text", text: "Yes" }]);
    expect(other.unopened).toBe(true);
  });
});

describe("a model that begins with thinking without a mark", () => {
  it("thinks until the closing mark", () => {
    expect(split(["Hm.", "</th", "ink>Yes"], true)).toEqual({ thinking: "Hm.", answer: "Yes" });
  });
  it("answers where no closing mark comes, unless it was cut off", () => {
    expect(split(["Yes", " indeed"], true)).toEqual({ thinking: "", answer: "Yes indeed" });
    expect(split(["Hm", " so"], true, true)).toEqual({ thinking: "Hm so", answer: "" });
  });
  it("may open it after all", () => {
    expect(split(["<think>Hm.</think>Yes"], true)).toEqual({ thinking: "Hm.", answer: "Yes" });
  });
});

it("takes time that grows with the reply, not with its square", () => {
  const time = (text: string) => {
    const startedAt = performance.now();
    splitThinking(text);
    return performance.now() - startedAt;
  };
  for (const unit of [
    "<",
    "<think",
    "</think>",
    "`</think>`",
    "<think>",
    "[",
    "`",
    "<|channel|>",
    "<|end|>",
    "“</think>",
  ]) {
    for (const before of ["", "<think>", "x"]) {
      const few = before + unit.repeat(5_000 / unit.length);
      time(few);
      expect(time(before + unit.repeat(80_000 / unit.length)), before + unit).toBeLessThan(
        Math.max(1_000, 40 * time(few)),
      );
    }
  }
});
