import fc from "fast-check";
import { expect, it } from "vitest";
import { keptPromptCharacters, sentPrompt } from "./sent-prompt";

it("keeps a prompt as it was sent, with what was asked of the model", () => {
  const messages = [
    { role: "system", content: "Be brief." },
    { role: "user", content: "Where is my parcel?" },
  ] as const;
  const asked = { temperature: 0, maxTokens: 80, stop: ["\n"], seed: 7 };
  expect(sentPrompt({ model: "m", messages, ...asked, responseSchema: {} })).toEqual({
    messages,
    ...asked,
    schema: true,
  });
  expect(sentPrompt({ model: "m", messages, stop: [] })).toEqual({ messages });
});

it("is bounded however long the messages are, and says what was left out", () => {
  const content = fc.integer({ min: 0, max: 60_000 }).map((length) => "x".repeat(length));
  fc.assert(
    fc.property(fc.array(content, { maxLength: 8 }), (texts) => {
      const sent = sentPrompt({
        model: "m",
        messages: texts.map((text) => ({ role: "user", content: text })),
      }).messages;
      const kept = sent.reduce((sum, message) => sum + message.content.length, 0);
      expect(kept).toBeLessThanOrEqual(keptPromptCharacters + 3 * texts.length);
      for (const [index, { content: text, omitted = 0 }] of sent.entries()) {
        const marks = omitted > 0 ? 3 : 0;
        expect(text.length - marks + omitted).toBe(texts[index]?.length);
      }
    }),
  );
});
