import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { exampleInputs, pythonLiteral, snippet } from "./snippets";

const url = "http://127.0.0.1:3000/api/v1/pipelines/triage/runs";
const awkward = {
  text: `It's "late" $HOME \`x\` \\ 投诉\n${"$"}{y}`,
  amount: 1.5,
  urgent: true,
  note: null,
  tags: ["a", {}],
};

describe("snippet", () => {
  it("is TypeScript that sends exactly the inputs", async () => {
    const sent: { url: string; init: RequestInit }[] = [];
    const printed: unknown[] = [];
    const AsyncFunction = (async () => {}).constructor as new (
      ...code: string[]
    ) => (...given: unknown[]) => Promise<void>;
    const run = new AsyncFunction(
      "fetch",
      "console",
      "process",
      snippet("typescript", { url, inputs: awkward, apiKey: null }),
    );
    const fetch = async (address: string, init: RequestInit) => {
      sent.push({ url: address, init });
      return { ok: true, json: async () => ({ outputs: { answer: 42 } }) };
    };
    await run(fetch, { log: (value: unknown) => printed.push(value) }, { env: { PIPEWRIGHT_API_KEY: "pw_1" } });
    expect(sent[0]?.url).toBe(url);
    expect(JSON.parse(String(sent[0]?.init.body))).toEqual({ inputs: awkward });
    expect(sent[0]?.init.headers).toMatchObject({ Authorization: "Bearer pw_1" });
    expect(printed).toEqual([{ answer: 42 }]);
  });

  it("is a shell command that sends exactly the inputs", () => {
    // `curl` is replaced by a function that prints its arguments, so that the shell's own reading is what is tested.
    const script = `curl() { printf '%s\\0' "$@"; }\n${snippet("curl", { url, inputs: awkward, apiKey: "pw_k'ey" })}`;
    const words = execFileSync("sh", ["-c", script]).toString().split("\0");
    expect(words[0]).toBe(url);
    expect(words).toContain("Authorization: Bearer pw_k'ey");
    expect(JSON.parse(words[words.indexOf("-d") + 1] ?? "")).toEqual({ inputs: awkward });
  });

  it("reads the key from the environment where none was just made", () => {
    for (const language of ["curl", "typescript", "python"] as const)
      expect(snippet(language, { url, inputs: {}, apiKey: null })).toContain("PIPEWRIGHT_API_KEY");
  });

  it("writes Python's own words and no JSON ones", () => {
    expect(pythonLiteral({ a: true, b: null, c: [1, "x"], d: {} })).toBe(
      '{\n    "a": True,\n    "b": None,\n    "c": [\n        1,\n        "x",\n    ],\n    "d": {},\n}',
    );
  });
});

describe("exampleInputs", () => {
  it("takes what is given, then the default, then an example of the kind", () => {
    const field = (name: string, kind: "text" | "number" | "choice" | "json") => ({
      name,
      title: name,
      kind,
      required: true,
    });
    expect(
      exampleInputs(
        [
          field("a", "text"),
          { ...field("b", "number"), minimum: 5 },
          { ...field("c", "choice"), options: ["x"] },
          field("d", "json"),
        ],
        { a: "given" },
      ),
    ).toEqual({ a: "given", b: 5, c: "x", d: {} });
  });
});
