import { expect, test } from "vitest";
import { answerOf } from "./answer-of";

const passage = "The pump is checked daily.\nThe maintenance code of compressor number 20 is K740. It is on the lid.";

test("takes the sentence that has most of the question's words, as it stands in the passage", () => {
  const answer = answerOf(passage, ["compressor", "maintenance", "code", "20"]);
  expect(answer).toBe("The maintenance code of compressor number 20 is K740.");
  expect(passage).toContain(answer);
});

test("parts Chinese sentences too", () => {
  expect(answerOf("水泵每天检查一次。第20号压缩机的维护代码是K740。", ["压缩机", "维护"])).toBe(
    "第20号压缩机的维护代码是K740。",
  );
});

test("without words it is the first sentence, and never longer than a label may be", () => {
  expect(answerOf(passage, [])).toBe("The pump is checked daily.");
  expect(answerOf("x".repeat(2_000), []).length).toBeLessThanOrEqual(300);
});
