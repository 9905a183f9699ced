import fc from "fast-check";
import { expect, it, test } from "vitest";
import { parse, stringify } from "yaml";
import { catalog } from "@/nodes/index";
import { buildDocument } from "@/runtime/testing/build-document";
import { validDocument } from "@/runtime/testing/graph-arbitrary";
import { testCatalog } from "@/runtime/testing/test-nodes";
import type { GraphDocument } from "./document";
import { graphLimits } from "./document";
import { graphHash } from "./hash";
import { fromPortable, toPortable } from "./portable";

const through = (document: GraphDocument, known = catalog) =>
  fromPortable(parse(stringify(toPortable(document, "Name", known))), known);

test("any pipeline comes back as it was, through the text of a file", () => {
  fc.assert(
    fc.property(validDocument, (document) => {
      const read = through(document, testCatalog);
      if (!read.ok) throw new Error(read.error);
      expect(graphHash(read.value.document)).toBe(graphHash(document));
      expect(read.value.document.variants).toEqual(document.variants);
    }),
    { numRuns: 200 },
  );
});

test("the order in which it was drawn leaves no trace", () => {
  fc.assert(
    fc.property(validDocument, (document) => {
      const other = {
        ...document,
        nodes: document.nodes.toReversed(),
        edges: document.edges.map((edge, index) => ({ ...edge, id: `z${index}` })).toReversed(),
      };
      expect(stringify(toPortable(other, "Name", testCatalog))).toBe(
        stringify(toPortable(document, "Name", testCatalog)),
      );
    }),
    { numRuns: 100 },
  );
});

const secrets: GraphDocument = {
  ...buildDocument({
    call: {
      type: "tool/http",
      config: {
        url: "https://user:hunter2@example.com/x",
        credential: "cred_1",
        headers: [
          { name: "Authorization", value: "Basic abc" },
          { name: "X-Api-Key", value: "{{key}}" },
          { name: "Accept", value: "text/plain" },
        ],
      },
    },
    search: { type: "retrieval/search", config: { knowledgeBase: "kb_1" } },
    ask: { type: "prompt/chat", config: { user: "Use sk-abcdefghijklmnopqrstuvwx please", system: "Be kind." } },
  }),
  pins: { ask: { text: "the personal data of a run" } },
};

it("carries no key, no password, no pinned data and nothing that is of the workspace, and says what it left", () => {
  const file = toPortable(secrets, "Name", catalog);
  const text = stringify(file);
  for (const secret of ["hunter2", "cred_1", "Basic abc", "kb_1", "sk-abcdef", "personal data"])
    expect(text).not.toContain(secret);
  for (const kept of ["{{key}}", "text/plain", "Be kind."]) expect(text).toContain(kept);
  expect(file.leftBehind).toEqual([
    { step: "call", field: "credential", kind: "choose" },
    { step: "call", field: "headers", kind: "secret" },
    { step: "call", field: "url", kind: "secret" },
    { step: "search", field: "knowledgeBase", kind: "choose" },
    { step: "ask", field: "user", kind: "secret" },
  ]);
});

const withHeader = (name: string, value: string) => ({
  call: { type: "tool/http", config: { url: "https://example.com", headers: [{ name, value }] } },
});
const withBody = (json: string) => ({
  call: { type: "tool/http", config: { url: "https://example.com", bodyKind: "json", json } },
});
const withUrl = (url: string) => ({ call: { type: "tool/http", config: { url } } });
it.each([
  ["X-Auth-Token", withHeader("X-Auth-Token", "hidden-value")],
  ["client_secret", withHeader("client_secret", "hidden-value")],
  ["accessToken", withHeader("accessToken", "hidden-value")],
  ["Ocp-Apim-Subscription-Key", withHeader("Ocp-Apim-Subscription-Key", "hidden-value")],
  ["a key in an address", withUrl("https://maps.example.com/x?q=a&api_key=hidden-value")],
  ["a signature in an address", withUrl("https://example.com/x?sig=hidden-value#top")],
  ["a token of GitHub", withHeader("X-Any", "github_pat_11AAhiddenvalue0123456789_hidden-value")],
  ["a key of AWS", withHeader("X-Any", "AKIAIOSFODNN7EXAMPLE hidden-value")],
  ["a key of Google", withHeader("X-Any", "AIzaSyA-hidden-value_0123456789abcdefghijk")],
  ["a token of Hugging Face", withHeader("X-Any", "hf_abcdefghijklmnopqrst hidden-value")],
  ["a token of GitLab", withHeader("X-Any", "glpat-abcdefghijklmnopqrst hidden-value")],
  ["a secret of our own webhooks", withHeader("X-Any", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2La hidden-value")],
  ["a name and password", withHeader("X-Any", "Basic aGlkZGVuOnZhbHVlMTI= hidden-value")],
  ["a signed token", withHeader("X-Any", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.hidden-value")],
  ["JSON in a text", withBody('{"grant":"x","client_secret": "hidden-value"}')],
  ["JSON in JSON", withBody('{"a":"{\\"apiKey\\":\\"hidden-value\\"}"}')],
  ["a program", withBody("const access_token = 'hidden-value';\nfetch(url, { password: `hidden-value` })")],
  ["a hook of a chat", withUrl("https://hooks.slack.com/services/T0/B0/hidden-value")],
])("carries no secret: %s", (_, nodes) => {
  const file = toPortable(buildDocument(nodes), "Name", catalog);
  expect(stringify(file)).not.toContain("hidden-value");
  expect(file.leftBehind).toMatchObject([{ step: "call", kind: "secret" }]);
});

it.each([
  ["X-Author", withHeader("X-Author", "kept-value")],
  ["Keyboard", withHeader("Keyboard", "kept-value")],
  ["a sentence", withBody('{"text":"Basic authentication is old: kept-value. The token is short."}')],
  ["a variable in JSON", withBody('{"client_secret":"{{kept-value}}"}')],
  ["a name that only sounds so", withBody('{"author":"kept-value","maxTokens":"kept-value"}')],
  ["a variable", withUrl("https://example.com/x?api_key={{kept-value}}")],
  ["another query", withUrl("https://example.com/x?page=kept-value&token=")],
])("keeps what is no secret: %s", (_, nodes) => {
  const file = toPortable(buildDocument(nodes), "Name", catalog);
  expect(stringify(file)).toContain("kept-value");
  expect(file.leftBehind).toEqual([]);
});

it.each([
  ["nothing", null],
  ["a number", 12],
  ["another format", { format: "n8n", nodes: [] }],
  ["a newer version", { format: "pipewright/pipeline", version: 2, pipeline: {} }],
  ["no steps", { format: "pipewright/pipeline", version: 1, pipeline: { wires: [] } }],
  [
    "a wire of one end",
    { format: "pipewright/pipeline", version: 1, pipeline: { steps: {}, wires: [{ from: ["a"] }] } },
  ],
  [
    "too many steps",
    {
      format: "pipewright/pipeline",
      version: 1,
      pipeline: {
        steps: Object.fromEntries(
          Array.from({ length: graphLimits.nodes + 1 }, (_, index) => [`n${index}`, { type: "x", typeVersion: 1 }]),
        ),
        wires: [],
      },
    },
  ],
])("refuses %s with a sentence", (_, value) => {
  const read = fromPortable(value, catalog);
  expect(read.ok).toBe(false);
  if (!read.ok) expect(read.error.length).toBeGreaterThan(5);
});

it("stops at anchors that repeat each other without end", () => {
  let value: unknown = ["x"];
  for (let level = 0; level < 60; level++) value = [value, value];
  expect(fromPortable({ format: "pipewright/pipeline", version: 1, pipeline: value }, catalog)).toMatchObject({
    ok: false,
  });
});

it("bounds how deep containers lie in one another", () => {
  let body: object = { steps: {}, wires: [] };
  for (let depth = 0; depth < 40; depth++)
    body = { steps: { map: { type: "flow/map", typeVersion: 1, body } }, wires: [] };
  expect(fromPortable({ format: "pipewright/pipeline", version: 1, pipeline: body }, catalog)).toMatchObject({
    ok: false,
  });
});

it("names steps of kinds that are not known here, and keeps them", () => {
  const read = through(buildDocument({ odd: { type: "magic/wand" } }));
  expect(read).toMatchObject({ ok: true, value: { unknown: [{ step: "odd", type: "magic/wand" }] } });
});

it("leaves out of a text what is secret, and keeps all else of it", () => {
  const json = '{"grant":"client","client_secret":"hidden-value","scope":"read write"}';
  const file = toPortable(buildDocument(withBody(json)), "Name", catalog);
  expect(stringify(file)).toContain('{"grant":"client","client_secret":"","scope":"read write"}');
});

it("looks through a long text in one pass", () => {
  const file = toPortable(
    buildDocument(withBody("a".repeat(61).concat(" ".repeat(30)).repeat(3_000))),
    "Name",
    catalog,
  );
  expect(file.leftBehind).toEqual([]);
});
