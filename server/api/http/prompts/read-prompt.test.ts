import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyContent, type PromptContent } from "@/nodes/lib/prompt/prompt-content";
import type { Database } from "@/server/platform/db/database";
import { guardRoute } from "@/server/platform/route/route";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";
import { readPrompt } from "./read-prompt";

let database: Database;
let api: ReturnType<typeof callerOf>;
let key = "";
let promptId = "";
const say = (user: string, more: Partial<PromptContent> = {}): PromptContent => ({ ...emptyContent, user, ...more });
beforeAll(async () => {
  database = await openTestDatabase();
  api = callerOf(database, await addMember(database, "owner"));
  key = (await api.apiKey.create({ name: "Reader", mayReadPrompts: true })).key;
  await api.prompt.create({ name: "Tone", kind: "text", content: say("Be {{mood}}.") });
  const content = say('Sort {{complaint}} into {"label": "…"}', {
    system: "{{> tone}}",
    examples: [{ user: "a", assistant: "b" }],
    settings: { temperature: 0 },
  });
  promptId = (await api.prompt.create({ name: "Triage", folder: "a/b", kind: "chat", content })).id;
  await api.prompt.create({ name: "Plain", kind: "rubric", content: say("Is it 对?") });
});
afterAll(() => database.close());

const send = async (slug: string, search = "", headers: Record<string, string> = {}, sent = key) => {
  const route = guardRoute({ auth: "api-key" }, readPrompt, async () => database);
  const request = new Request(`http://x/api/v1/prompts/${slug}${search}`, {
    headers: { authorization: `Bearer ${sent}`, ...headers },
  });
  const response = await route(request, { params: Promise.resolve({ slug }) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: text === "" ? null : JSON.parse(text) };
};

describe("GET /api/v1/prompts/{slug}", () => {
  it("gives the messages with what is included, the typed variables, and where it was found", async () => {
    const { status, json } = await send("triage");
    expect(status).toBe(200);
    expect(json).toEqual({
      slug: "triage",
      kind: "chat",
      version: 1,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      label: "production",
      messages: [
        { role: "system", content: "Be {{mood}}." },
        { role: "user", content: "a" },
        { role: "assistant", content: "b" },
        { role: "user", content: 'Sort {{complaint}} into {"label": "…"}' },
      ],
      variables: [
        { name: "complaint", type: "text", description: "", example: "" },
        { name: "mood", type: "text", description: "", example: "" },
      ],
      settings: { temperature: 0 },
      includes: [{ slug: "tone", version: 1 }],
    });
    expect((await send("plain", "?version=1")).json).toMatchObject({ text: "Is it 对?", version: 1 });
  });

  it("is asked for again by its tag, and a label that moved is seen at once, one that is gone too", async () => {
    const { headers } = await send("triage");
    const tag = headers.get("etag") ?? "";
    expect(headers.get("cache-control")).toBe("private, no-cache");
    expect((await send("triage", "", { "if-none-match": `"x", W/${tag}` })).status).toBe(304);
    await api.prompt.saveVersion({ id: promptId, parent: 1, newest: 1, content: say("Shorter {{complaint}}") });
    expect((await send("triage", "", { "if-none-match": tag })).status).toBe(304);
    await api.promptLabel.move({ id: promptId, name: "production", number: 2, from: 1 });
    expect(await send("triage", "", { "if-none-match": tag })).toMatchObject({ status: 200, json: { version: 2 } });
    await api.promptLabel.move({ id: promptId, name: "production", number: null, from: 2 });
    expect((await send("triage", "", { "if-none-match": tag })).status).toBe(404);
    expect((await send("triage", "?label=latest")).json).toMatchObject({ version: 2, label: "latest" });
    expect((await send("triage", "?version=2")).headers.get("cache-control")).toBe("private, max-age=86400");
  });

  it.each([
    ["triage", "?label=nowhere", 404],
    ["triage", "?version=99", 404],
    ["nothing", "", 404],
    ["a%2Fb%2Ftriage", "", 404],
    ["triage", "?label=latest&version=1", 400],
    ["triage", "?label=1", 400],
    ["triage", "?version=latest", 400],
    ["triage", "?version=0", 400],
    ["triage", "?version=1&version=2", 400],
    ["triage", "?labels=latest", 400],
  ])("never gives something else: %s%s is %i", async (slug, search, status) => {
    expect((await send(slug, search)).status).toBe(status);
  });

  it("needs a key with the right, of the same workspace", async () => {
    const plain = (await api.apiKey.create({ name: "Plain" })).key;
    expect(await send("plain", "", {}, plain)).toMatchObject({
      status: 403,
      json: { error: { code: "key-not-permitted" } },
    });
    const other = callerOf(database, await addMember(database, "owner"));
    const theirs = (await other.apiKey.create({ name: "Theirs", mayReadPrompts: true })).key;
    expect((await send("plain", "", {}, theirs)).status).toBe(404);
    expect((await send("plain", "", {}, "pw_aaaaaaaaaaaaaaaaaaaaaaaaaaaa")).status).toBe(401);
  });
});
