import { describe, expect, it } from "vitest";
import { promptChat } from "@/nodes/prompt/chat";
import { describeConfig } from "@/runtime/node/describe-config";
import { previewMessages, previewTemplate } from "./prompt-preview";

describe("previewTemplate", () => {
  it("tells values apart from text and from what is not known yet", () => {
    expect(previewTemplate("Dear {{name}}, about {{topic}}.", { name: "Ada {{topic}}" })).toEqual([
      { kind: "text", text: "Dear " },
      { kind: "value", text: "Ada {{topic}}" },
      { kind: "text", text: ", about " },
      { kind: "missing", text: "{{topic}}" },
      { kind: "text", text: "." },
    ]);
  });
  it("reaches into JSON, also where it came as text", () => {
    expect(previewTemplate("{{order.items[0]}}", { order: '{"items":["lamp"]}' })).toEqual([
      { kind: "value", text: "lamp" },
    ]);
    expect(previewTemplate("{{order.none}}", { order: {} })).toEqual([{ kind: "missing", text: "{{order.none}}" }]);
  });
});

describe("previewMessages", () => {
  it("puts instructions first, then examples, then the question", () => {
    const config = { user: "Hi {{who}}", system: "Be kind.", examples: [{ user: "a", assistant: "b" }] };
    const messages = previewMessages(describeConfig(promptChat.config), config, { who: "Ada" });
    expect(messages.map(({ role, example }) => `${role}${example ? " (example)" : ""}`)).toEqual([
      "system",
      "user (example)",
      "assistant (example)",
      "user",
    ]);
  });
  it("leaves empty instructions out", () => {
    expect(previewMessages(describeConfig(promptChat.config), { user: "x", system: " " }, {})).toHaveLength(1);
  });
});
