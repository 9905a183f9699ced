import { describe, expect, it } from "vitest";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import { readRunRequest } from "./read-run-request";

const refusalOf = (text: string): RouteRefusal => {
  try {
    readRunRequest(JSON.parse(text));
  } catch (error) {
    if (error instanceof RouteRefusal) return error;
    throw error;
  }
  throw new Error("It was taken.");
};

describe("a request for a run", () => {
  it("is taken with its inputs, also where they hold what looks like a part of it", () => {
    expect(readRunRequest({ inputs: { stream: true, q: { model: "m" } } })).toEqual({
      inputs: { stream: true, q: { model: "m" } },
    });
    expect(readRunRequest({})).toEqual({ inputs: {} });
  });

  it.each([
    ['{"__proto__": {"stream": true}, "inputs": {}}', "request-invalid", "__proto__"],
    ['{"constructor": 1}', "request-invalid", "constructor"],
    ['{"inputs": {"__proto__": {"x": 1}}}', "input-invalid", "__proto__"],
    ["[]", "request-invalid", "body"],
    ["null", "request-invalid", "body"],
    ["7", "request-invalid", "body"],
    ['{"inputs": []}', "request-invalid", "inputs"],
    ['{"stream": "true"}', "request-invalid", "stream"],
  ])("is refused by the name of what is wrong: %s", (text, code, name) => {
    const { status, code: said, message } = refusalOf(text);
    expect([status, said]).toEqual([400, code]);
    expect(message).toContain(name);
  });
});
