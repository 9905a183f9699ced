import { expect, it } from "vitest";
import { openAiDialect } from "./openai-dialect";
import { chatBody } from "./openai-request";

const request = { model: "m", messages: [{ role: "user" as const, content: "Hi" }], temperature: 0.5 };

it("adds the endpoint's fields, those of the request above them, and what it says itself above both", () => {
  const endpoint = { top_k: 1, min_p: 0.1, temperature: 2, model: "other", messages: [], stream: false };
  const body = chatBody(
    { ...request, extra: { top_k: 2, temperature: 3 } },
    openAiDialect,
    false,
    new Map(),
    true,
    endpoint,
  );
  expect(body).toMatchObject({ model: "m", stream: true, temperature: 0.5, top_k: 2, min_p: 0.1 });
  expect(body.messages).toEqual([{ role: "user", content: "Hi" }]);
});
