import { describe, expect, it } from "vitest";
import type { WebReply, WebRequest, WebScript } from "@/runtime/capability/web/contract";
import { ScriptedWeb } from "@/runtime/capability/web/scripted";
import type { NodeContext } from "@/runtime/node/context";
import { NodeFailure } from "@/runtime/node/node-failure";
import { nodeContext } from "@/runtime/testing/node-context";
import { describeNode } from "@/runtime/testing/node-spec";
import { toolHttp } from "./http";

describeNode(toolHttp, "nodes/tool/http.ts");

const run = async (
  config: object,
  inputs: Record<string, unknown> = {},
  webReplies: WebScript["webReplies"] = [{ text: "{}" }],
) => {
  const scripted = new ScriptedWeb({ webReplies });
  const ctx = nodeContext({ web: { request: (request) => scripted.request(request, new AbortController().signal) } });
  const parsed = toolHttp.config.parse({ url: "https://a.test/", ...config });
  const outputs = await toolHttp.run({ config: parsed, inputs: inputs as never, ctx });
  return { outputs, requests: scripted.requests };
};
const issues = (config: object) =>
  toolHttp.config.safeParse({ url: "https://a.test/", ...config }).error?.issues.map(({ path }) => path.join(".")) ??
  [];

describe("a request of a step", () => {
  it("keeps each variable in its place", async () => {
    const config = { url: "https://a.test/{{id}}/x?y={{id}}", query: [{ name: "q", value: "{{id}}&r=1" }] };
    const { requests } = await run(config, { id: "../admin?z=1#é" });
    expect(requests[0]?.url).toBe(
      "https://a.test/..%2Fadmin%3Fz%3D1%23%C3%A9/x?y=..%2Fadmin%3Fz%3D1%23%C3%A9&q=..%2Fadmin%3Fz%3D1%23%C3%A9%26r%3D1",
    );
    const whole = await run({ url: "{{url}}" }, { url: " https://b.test/a?b=c " });
    expect(whole.requests[0]?.url).toBe("https://b.test/a?b=c");
  });

  it("leaves out what may be left out, and asks for the rest", async () => {
    const config = {
      method: "POST",
      query: [{ name: "page", value: "{{page}}" }],
      headers: [{ name: "X-Trace", value: "id-{{trace}}" }],
      bodyKind: "json",
      json: '{"a": "{{a}}", "list": ["{{b}}", 1], "text": "so {{b}}", "always": true}',
      optional: ["page", "trace", "a", "b"],
    };
    const { requests } = await run(config, {});
    expect(requests[0]).toMatchObject({
      url: "https://a.test/",
      headers: [],
      body: { text: '{"list":[1],"always":true}' },
    });
    const ports = toolHttp.inputs as (config: unknown) => Record<string, { optional: boolean }>;
    const inputs = ports(toolHttp.config.parse({ url: "https://a.test/", ...config, optional: ["page", "b"] }));
    expect(Object.entries(inputs).map(([name, { optional }]) => `${name} ${optional}`)).toEqual([
      "page true",
      "trace false",
      "a false",
      "b true",
    ]);
    await expect(run({ ...config, optional: ["page", "trace"] }, { b: "" })).rejects.toMatchObject({
      code: "value-invalid",
    });
    expect(issues({ optional: ["no variable"] })).toEqual(["optional.0"]);
  });

  it.each([
    ["https://a.test/users/{{id}}/delete", ".."],
    ["https://a.test/users/{{id}}", "."],
    ["https://a.test/users/{{id}}?x=1", ".."],
    ["https://a.test/users/{{id}}#x", ".."],
    ["https://a.test/users\\\\{{id}}/x", ".."],
    ["https://a.test/users/.{{id}}", "."],
    ["https://a.test/users/.{{id}}.", ""],
    ["https://a.test/users/%2{{id}}%2e/x", "e"],
    ["https://a.test/users/.%2{{id}}", "E"],
    ["https://a.test/users/\t{{id}}/x", ".."],
    ["{{base}}/{{id}}", ".."],
    // Read twice by what stands behind many a server.
    ["https://a.test/users/{{id}}/x", "%2e%2e"],
    ["https://a.test/users/{{id}}/x", ".%2E"],
    ["https://a.test/users/{{id}}/x", "%252e."],
  ])("does not let a variable climb: %s by %j", async (url, id) => {
    const sent = run({ url }, { id, base: "https://a.test/v1" });
    await expect(sent).rejects.toMatchObject({ code: "value-invalid", message: expect.stringContaining('"id"') });
  });

  it.each([
    ["https://a.test/files/{{id}}", "...", "https://a.test/files/..."],
    ["https://a.test/files/{{id}}", "a..b", "https://a.test/files/a..b"],
    ["https://a.test/files/{{id}}.json", "", "https://a.test/files/.json"],
    ["https://a.test/x/../{{id}}", "b", "https://a.test/b"],
    ["https://a.test/x?up={{id}}", "..", "https://a.test/x?up=.."],
    ["https://a.test/x#{{id}}", "..", "https://a.test/x#.."],
    ["{{id}}/b", "https://a.test/x/..", "https://a.test/b"],
  ])("leaves dots alone that climb nowhere, or that the author wrote: %s by %j", async (url, id, expected) => {
    expect((await run({ url }, { id })).requests[0]?.url).toBe(expected);
  });

  it("writes values into JSON as data, never as JSON", async () => {
    const json = '{"a": "{{x}}", "b": ["{{y}}"], "c": "n: {{x}}", "d": 1}';
    const { requests } = await run(
      { method: "POST", bodyKind: "json", json },
      { x: '", "admin": true, "z": "{{y}}', y: { k: 1 } },
    );
    expect(JSON.parse((requests[0]?.body as { text: string } | undefined)?.text ?? "")).toEqual({
      a: '", "admin": true, "z": "{{y}}',
      b: [{ k: 1 }],
      c: 'n: ", "admin": true, "z": "{{y}}',
      d: 1,
    });
  });

  it("cannot be given further headers by a value", async () => {
    const { requests } = await run({ headers: [{ name: "X-A", value: "{{v}}" }] }, { v: "1\r\nX-Admin: yes" });
    expect(requests[0]?.headers).toEqual([{ name: "X-A", value: "1 X-Admin: yes" }]);
  });

  it("sends forms and files", async () => {
    const file = { fileId: "file_1234567890abcdef", name: "a.pdf", mediaType: "application/pdf", size: 3 };
    const config = {
      method: "POST",
      bodyKind: "multipart",
      form: [{ name: "a", value: "{{v}}" }],
      files: [{ name: "doc", input: "report" }],
    };
    const { requests } = await run(config, { v: "1", report: file });
    expect(requests[0]?.body).toEqual({
      kind: "multipart",
      fields: [
        { name: "a", value: "1" },
        { name: "doc", file },
      ],
    });
    await expect(run(config, { v: "1", report: "no file" })).rejects.toMatchObject({ code: "value-invalid" });
  });

  it.each([
    ["Authorization among the headers", { headers: [{ name: "authorization", value: "Bearer x" }] }, "headers.0.name"],
    ["a header of the connection", { headers: [{ name: "Host", value: "x" }] }, "headers.0.name"],
    ["a header with a line break", { headers: [{ name: "a\nb", value: "x" }] }, "headers.0.name"],
    ["what is no JSON", { method: "POST", bodyKind: "json", json: '{"a": {{x}}}' }, "json"],
    ["a body of a GET", { bodyKind: "json", json: "{}" }, "bodyKind"],
    ["a file's address", { url: "file:///etc/passwd" }, "url"],
    ["a status that is none", { retryOn: ["200"] }, "retryOn.0"],
    [
      "a variable named as a file's input",
      { url: "https://a.test/{{doc}}", method: "POST", bodyKind: "multipart", files: [{ name: "f", input: "doc" }] },
      "url",
    ],
  ])("refuses %s", (_, config, at) => {
    expect(issues(config)).toContain(at);
  });

  it("refuses what is no address once its variables are known", async () => {
    await expect(run({ url: "{{url}}" }, { url: "nowhere" })).rejects.toMatchObject({ code: "value-invalid" });
  });
});

describe("an answer", () => {
  it.each([
    [404, "tool-rejected"],
    [429, "tool-unavailable"],
    [503, "tool-unavailable"],
  ])("of status %i is a failure, with what it said", async (status, code) => {
    const sent = run({}, {}, [{ status, text: '{"error": "no"}' }]);
    await expect(sent).rejects.toMatchObject({ code, message: expect.stringContaining('{"error": "no"}') });
    const { outputs } = await run({ onStatus: "pass" }, {}, [{ status, text: '{"error": "no"}' }]);
    expect(outputs).toMatchObject({ status, body: { error: "no" } });
  });

  it("is read by its type, or as what was asked for", async () => {
    const html = { mediaType: "text/html", text: "<html>" };
    expect((await run({}, {}, [html])).outputs).toMatchObject({ body: "<html>" });
    await expect(run({ result: "json" }, {}, [html])).rejects.toMatchObject({ code: "tool-protocol" });
    expect((await run({}, {}, [{ text: "{broken" }])).outputs).toMatchObject({ body: "{broken" });
    expect((await run({ result: "text" }, {}, [{ text: '{"a":1}' }])).outputs).toMatchObject({ body: '{"a":1}' });
    expect((await run({}, {}, [{ status: 204, text: "" }])).outputs).toEqual({ status: 204, headers: {} });
    const file = { fileId: "file_1234567890abcdef", name: "a.pdf", mediaType: "application/pdf", size: 3 };
    expect((await run({}, {}, [{ file }])).outputs).toEqual({ file, status: 200, headers: {} });
  });

  it("that changes something is kept for when the step is tried again", async () => {
    const keys: string[] = [];
    const ctx = nodeContext({
      web: {
        request: async (request) => ({
          status: 200,
          headers: {},
          mediaType: "application/json",
          text: "1",
          file: null,
          url: request.url,
          tries: 1,
        }),
      },
      once: {
        value: (key, compute) => {
          keys.push(key);
          return compute();
        },
        kept: () => undefined,
        keep: (_, value) => value,
        call: (_, make) => make(),
      },
    });
    for (const kind of ["read", "write", "irreversible"]) {
      const config = toolHttp.config.parse({ url: "https://a.test/", class: kind });
      await toolHttp.run({ config, inputs: {} as never, ctx });
    }
    expect(keys).toEqual(["reply", "reply"]);
  });
});

describe("a request that changes something", () => {
  /** A step whose tries share what it did once; the service does in turn what `does` says. */
  const step = (config: object, does: readonly ((request: WebRequest) => WebReply)[]) => {
    const requests: WebRequest[] = [];
    const records = new Map<string, unknown>();
    const once: NodeContext["once"] = {
      value: async <Value>(key: string, compute: () => Promise<Value>) => {
        if (!records.has(key)) records.set(key, await compute());
        return records.get(key) as Value;
      },
      kept: <Value>(key: string) => records.get(key) as Value | undefined,
      keep: (key, value) => {
        records.set(key, value);
        return value;
      },
      call: (_, make) => make(),
    };
    const request = async (made: WebRequest) => {
      requests.push(made);
      const next = does[requests.length - 1];
      if (next === undefined) throw new Error("It was sent once more.");
      return next(made);
    };
    const parsed = toolHttp.config.parse({ url: "https://a.test/", method: "POST", class: "write", ...config });
    const ctx = nodeContext({ web: { request }, once });
    return { requests, run: async () => toolHttp.run({ config: parsed, inputs: {} as never, ctx }) };
  };
  const replies =
    (text: string, status = 200) =>
    (request: WebRequest) => {
      request.onSent?.(true);
      return { status, headers: {}, mediaType: "application/json", text, file: null, url: request.url, tries: 1 };
    };
  const falls = (code: "tool-unavailable" | "tool-timeout", isConnected: boolean) => (request: WebRequest) => {
    request.onSent?.(true);
    if (!isConnected) request.onSent?.(false);
    throw new NodeFailure(code, "Silence.");
  };

  it.each(["write", "irreversible"])("is asked for once by the way out, where it is of class %s", async (kind) => {
    const { run, requests } = step({ class: kind, retries: 5 }, [replies("1")]);
    await run();
    expect(requests[0]).toMatchObject({ retries: 0, retryStatuses: [] });
  });

  it.each(["tool-unavailable", "tool-timeout"] as const)("is not sent again after %s", async (code) => {
    const { run, requests } = step({}, [falls(code, true)]);
    const lost = { code: "tool-unanswered", message: expect.stringContaining("it is not sent again") };
    await expect(run()).rejects.toMatchObject(lost);
    await expect(run()).rejects.toMatchObject(lost);
    expect(requests).toHaveLength(1);
  });

  it("is not sent again after the step was stopped in the middle", async () => {
    const stopped = (request: WebRequest) => {
      request.onSent?.(true);
      throw new Error("out of time");
    };
    const { run } = step({}, [stopped]);
    await expect(run()).rejects.toThrow("out of time");
    await expect(run()).rejects.toMatchObject({ code: "tool-unanswered" });
  });

  it("is sent by the next try where it came to no connection", async () => {
    const { run, requests } = step({}, [falls("tool-unavailable", false), replies("1")]);
    await expect(run()).rejects.toMatchObject({ code: "tool-unavailable" });
    expect(await run()).toMatchObject({ body: 1 });
    expect(requests).toHaveLength(2);
  });

  it("is sent again where the author says that it may be", async () => {
    const { run, requests } = step({ resend: true }, [falls("tool-unavailable", true), replies("1")]);
    await expect(run()).rejects.toMatchObject({ code: "tool-unavailable" });
    expect(await run()).toMatchObject({ body: 1 });
    expect(requests[0]).toMatchObject({ retries: 2 });
  });

  it("sends no page a second time", async () => {
    const config = { paging: "page", items: "items", pages: 3 };
    const { run, requests } = step(config, [
      replies('{"items": [1]}'),
      falls("tool-unavailable", false),
      replies('{"items": [2]}'),
      replies('{"items": []}'),
    ]);
    await expect(run()).rejects.toMatchObject({ code: "tool-unavailable" });
    expect(await run()).toMatchObject({ body: [1, 2] });
    expect(requests).toHaveLength(4);
    expect(await run()).toMatchObject({ body: [1, 2] });
  });
});

describe("pages", () => {
  const page = (items: readonly number[], more: object = {}, headers: Record<string, string> = {}) => ({
    text: JSON.stringify({ items, ...more }),
    headers,
  });

  it("are followed by a Link header, to the same host", async () => {
    const link = (url: string) => ({ link: `<${url}>; rel="next", </first>; rel="first"` });
    const { outputs, requests } = await run({ paging: "link", items: "items" }, {}, [
      page([1], {}, link("/?p=2")),
      page([2]),
    ]);
    expect(outputs).toMatchObject({ body: [1, 2] });
    expect(requests[1]?.url).toBe("https://a.test/?p=2");
    await expect(
      run({ paging: "link", items: "items" }, {}, [page([1], {}, link("https://evil.test/"))]),
    ).rejects.toMatchObject({
      code: "tool-protocol",
    });
  });

  it("are followed by a cursor, and by a number", async () => {
    const cursor = { paging: "cursor", items: "items", cursor: "next", parameter: "after" };
    const byCursor = await run(cursor, {}, [page([1], { next: "c2" }), page([2], { next: null })]);
    expect(byCursor.outputs).toMatchObject({ body: [1, 2] });
    expect(byCursor.requests[1]?.url).toBe("https://a.test/?after=c2");
    const byNumber = await run({ url: "https://a.test/?page=3", paging: "page", items: "items" }, {}, [
      page([1]),
      page([2]),
      page([]),
    ]);
    expect(byNumber.outputs).toMatchObject({ body: [1, 2] });
    expect(byNumber.requests.map(({ url }) => url)).toEqual(
      ["3", "4", "5"].map((number) => `https://a.test/?page=${number}`),
    );
  });

  it("end at their bound, and where one has no list", async () => {
    const config = { paging: "page", items: "items", pages: 2 };
    expect((await run(config, {}, [page([1]), page([2])])).requests).toHaveLength(2);
    await expect(run(config, {}, [{ text: '{"items": "none"}' }])).rejects.toMatchObject({ code: "tool-protocol" });
  });
});
