import { describe, expect, it } from "vitest";
import { readSource } from "../facts/facts";
import { claimedFacts, unknownNames } from "./question-facts";

const unknown = (question: string, source: string) => unknownNames(question)(readSource(source));

describe("what a question names", () => {
  it.each([
    ["What does the code E77 mean?", "E04: the door is not shut.", ["E77"]],
    ["E77 是什么故障？", "E4：滤网堵塞。", ["E77"]],
    ["What was the problem in ticket 612?", "Ticket 481: grey stripes.", ["612"]],
    ["工单 388 说的是什么问题？", "工单 301：投影仪偏色。", ["388"]],
  ])("%s is not spoken of by: %s", (question, source, names) => {
    expect(unknown(question, source)).toEqual(names);
  });
  it.each([
    ["What does the code E04 mean?", "E04: the door is not shut."],
    ["The display shows AquaSoft W700 E18. What should I do?", "Code E18: water does not drain."],
    ["What was the problem in ticket 481?", "Ticket 481: grey stripes."],
    ["Who decides on a course that costs 1,200 euros?", "The head of department decides."],
    ["Can 250 people come?", "All may come."],
    ["三千元的培训要谁批准？", "由分管副总批准。"],
    ["Who is the manager?", "Daniel Roth."],
  ])("%s is spoken of by: %s", (question, source) => {
    expect(unknown(question, source)).toEqual([]);
  });
});

describe("what an answer claims", () => {
  it.each([
    ["The head decides on a course that costs 1,200 euros.", "Who decides on a course that costs 1,200 euros?", []],
    ["It costs 1,300 euros.", "Does it cost 1,200 euros?", ["1,300 euros"]],
    ["E77 means that the door is open.", "What does E77 mean?", ["E77"]],
    ["It was won in 2019.", "Who won in 2019?", ["2019"]],
  ])("%s asked %s", (claim, question, facts) => {
    expect(claimedFacts(claim, question).map(({ text }) => text)).toEqual(facts);
  });
});
