import { describe, expect, it } from "vitest";
import { languageOf, wishOf } from "./question";

describe("wishOf", () => {
  it.each([
    "Transcribe all text.",
    "Write down all text in this picture, line by line, exactly as it stands there and in its own language. Write nothing else.",
    "transcribe/read all text",
    "Read all the text in this image, line by line",
    "Extract the visible text",
    "What text is on the label?",
    "What does the sign say?",
    "请识别图中的所有文字",
    "提取图片里的文字",
    "上面写了什么？",
  ])("hears that the text is wanted: %s", (question) => {
    expect(wishOf(question)).toBe("text");
  });

  it.each([
    "Describe the picture",
    "What is in this image?",
    "What do you see in the photo?",
    "描述这张图片",
    "图片里有什么？",
    "",
    "  ",
  ])("hears that a description is wanted: %s", (question) => {
    expect(wishOf(question)).toBe("description");
  });

  it.each([
    "Which error code is on the display?",
    "How long is the scratch?",
    "Is the text red?",
    "缺陷是什么？",
    "多少钱？",
  ])("takes the rest for a question: %s", (question) => {
    expect(wishOf(question)).toBe("answer");
  });

  it("tells the language", () => {
    expect([languageOf("What is it?"), languageOf("这是什么？"), languageOf("")]).toEqual(["en", "zh", "en"]);
  });
});
