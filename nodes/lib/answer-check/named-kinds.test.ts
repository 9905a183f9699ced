import { describe, expect, it } from "vitest";
import { unknownKinds } from "./named-kinds";

describe("a question about one of several", () => {
  it.each([
    ["What does a green light mean?", "A red light: the drum is full. A blue light: it is ready.", ["green light"]],
    [
      "What does a blue light mean?",
      "The light turns red when it is full, and green when it is ready.",
      ["blue light"],
    ],
    ["What does a gray label mean?", "White labels are fragile.", ["gray label"]],
    ["绿灯亮表示什么？", "红灯闪烁表示内胆没有放好。", ["绿灯"]],
    ["How fast must a fault of class D be mended?", "Class A faults: four hours. Class B: a day.", ["class D"]],
    ["四级故障多久处理？", "一级故障四小时，二级故障一天，三级故障三天。", ["四级"]],
    ["7号线几点停运？", "一号线二十三点停运，二号线二十二点停运。", ["7号线"]],
    ["Is level 4 open?", "Level 3 is closed.", ["level 4"]],
  ])("%s is not answered by: %s", (question, source, kinds) => {
    expect(unknownKinds(question)(source)).toEqual(kinds);
  });

  it.each([
    ["What does a red light mean?", "A red light: the drum is full. A blue light: it is ready."],
    ["What does a grey label mean?", "Gray labels are fragile, white ones are not."],
    ["红灯闪是什么原因？", "红灯闪烁表示内胆没有放好。"],
    ["What does the blue light mean?", "The light shines when it is ready."],
    ["How fast is a class A fault mended?", "CLASS A: within eight hours. Class B: a day."],
    ["二级故障多久处理？", "一至三级故障当天处理，四级次日处理。"],
    ["How fast is a class B fault mended?", "Classes A to C: within a day. Class D: a week."],
    ["2级故障多久处理？", "二级故障两小时内响应，一级十五分钟。"],
    ["白天几点开门？", "红色的门九点开。"],
    ["Who is in the first line?", "Line A is closed."],
    ["Where do I hand in the red form?", "Forms go to desk 3. Glass goes into the green bin."],
    ["How much is it?", "The blue one costs four euros."],
    ["", "Class A."],
  ])("%s may be answered by: %s", (question, source) => {
    expect(unknownKinds(question)(source)).toEqual([]);
  });

  it("reads no further than 20,000 characters", () => {
    expect(unknownKinds("What does a green light mean?")(`${" ".repeat(20_000)}A red light.`)).toEqual([]);
  });
});
