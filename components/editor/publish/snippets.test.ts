import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { exampleFiles, exampleInputs, pythonLiteral, snippet } from "./snippets";

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

describe("snippet with files", () => {
  const name = `my "photo", it's; 1.txt`;
  const files = [{ field: "photo", path: name }];

  it("is TypeScript that sends the inputs and the file as a form", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "pipewright-snippet-"));
    writeFileSync(path.join(folder, name), "the file");
    const sent: RequestInit[] = [];
    const AsyncFunction = (async () => {}).constructor as new (
      ...code: string[]
    ) => (...given: unknown[]) => Promise<void>;
    const code = snippet("typescript", { url, inputs: awkward, files, apiKey: "pw_1" })
      // The snippet reads beside itself; a test stands elsewhere.
      .replace(`readFile(`, `readFile(${JSON.stringify(`${folder}/`)} + `);
    const run = new AsyncFunction("fetch", "console", "fs", code.replace('import("node:fs/promises")', "fs"));
    const fetch = async (_: string, init: RequestInit) => {
      sent.push(init);
      return { ok: true, json: async () => ({ outputs: {} }) };
    };
    await run(fetch, { log: () => {} }, Promise.resolve({ readFile }));
    const form = sent[0]?.body as FormData;
    expect(JSON.parse(String(form.get("inputs")))).toEqual(awkward);
    expect(await (form.get("photo") as File).text()).toBe("the file");
    expect(sent[0]?.headers).toEqual({ Authorization: "Bearer pw_1" });
    rmSync(folder, { recursive: true });
  });

  it("is a shell command that sends exactly the inputs, and names the file as curl reads it", () => {
    const script = `curl() { printf '%s\\0' "$@"; }\n${snippet("curl", { url, inputs: awkward, files, apiKey: null })}`;
    const words = execFileSync("sh", ["-c", script]).toString().split("\0");
    const inputs = words[words.indexOf("--form-string") + 1] ?? "";
    expect(JSON.parse(inputs.replace(/^inputs=/, ""))).toEqual(awkward);
    expect(words[words.indexOf("-F") + 1]).toBe(`photo=@"my \\"photo\\", it's; 1.txt"`);
    expect(words).not.toContain("Content-Type: application/json");
  });

  it("is Python that opens the file under its name", () => {
    const code = snippet("python", { url, inputs: { q: "x" }, files, apiKey: "pw_1" });
    expect(code).toContain(`"photo": open(${JSON.stringify(name)}, "rb"),`);
    expect(code).toContain('data={"inputs": json.dumps({');
  });
});

describe("exampleFiles", () => {
  it("takes the name of the file that was chosen, else one of the kind", () => {
    const field = (name: string, kind: "image" | "audio" | "file" | "text", accept: string[] = []) => ({
      name,
      title: name,
      kind,
      required: true,
      accept,
    });
    const fields = [field("a", "image"), field("b", "audio"), field("c", "file", [".csv"]), field("d", "text")];
    const chosen = { fileId: "file_0123456789abcdef", name: "mine.png", mediaType: "image/png", size: 1 };
    expect(exampleFiles(fields, { a: chosen })).toEqual([
      { field: "a", path: "mine.png" },
      { field: "b", path: "recording.mp3" },
      { field: "c", path: "document.csv" },
    ]);
    expect(exampleInputs(fields, { a: chosen, d: "x" })).toEqual({ d: "x" });
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
