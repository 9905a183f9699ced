import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyContent, type PromptContent } from "@/nodes/lib/prompt/prompt-content";
import type { GraphDocument } from "@/runtime/graph/document";
import { buildDocument } from "@/runtime/testing/build-document";
import type { Database } from "@/server/platform/db/database";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";
import { freezeDraft, freezeOverrides } from "./freeze-draft";
import { loadDraft } from "./load-draft";
import { readStoredDocument } from "./read-stored-document";
import { settlePrompts } from "./settle-prompts";

let database: Database;
let workspaceId: string;
let api: ReturnType<typeof callerOf>;
beforeAll(async () => {
  database = await openTestDatabase();
  const member = await addMember(database, "owner");
  workspaceId = member.workspaceId;
  api = callerOf(database, member);
});
afterAll(() => database.close());

const say = (user: string, more: Partial<PromptContent> = {}): PromptContent => ({ ...emptyContent, user, ...more });
const make = (name: string, content: PromptContent, kind: "chat" | "text" = "chat") =>
  api.prompt.create({ name, kind, content });
const holding = (id: string, at: { label?: string; version?: number }, type = "prompt/chat", more: object = {}) =>
  buildDocument({ step: { type, config: { prompt: { reference: id, ...at }, ...more } as never } });
const settle = (document: GraphDocument) => settlePrompts(database.prisma, workspaceId, document);
const configOf = (document: GraphDocument) => document.nodes[0]?.config;

describe("a step that holds a prompt", () => {
  it("has the words of the version that its label points at, with what it includes, and keeps what the prompt does not say", async () => {
    await make("Tone", say("Be {{mood}}."), "text");
    const examples = [{ user: "a", assistant: "b" }];
    const { id } = await make(
      "Triage",
      say('Sort {{x}} into {"label": "…"}', { system: "{{> tone}}", examples, settings: { temperature: 0 } }),
    );
    const settled = await settle(holding(id, { label: "production" }, "prompt/chat", { maxTokens: 9, user: "old" }));
    expect(configOf(settled)).toMatchObject({
      user: 'Sort {{x}} into {"label": "…"}',
      system: "Be {{mood}}.",
      examples,
      temperature: 0,
      maxTokens: 9,
      prompt: {
        slug: "triage",
        label: "production",
        version: 1,
        includes: [{ slug: "tone", version: 1 }],
        fields: ["user", "system", "examples", "temperature"],
      },
    });
    expect(await settle(settled)).toBe(settled);
  });

  it("moves with its label, stays with its version, and a text leaves the instructions alone", async () => {
    const { id } = await make("Moves", say("one"), "text");
    await api.prompt.saveVersion({ id, parent: 1, newest: 1, content: say("two") });
    const of = async (at: object) => configOf(await settle(holding(id, at, "prompt/chat", { system: "mine" })));
    expect(await of({ label: "production" })).toMatchObject({ user: "one", system: "mine" });
    expect(await of({ label: "latest" })).toMatchObject({ user: "two" });
    await api.promptLabel.move({ id, name: "production", number: 2, from: 1 });
    expect(await of({ label: "production" })).toMatchObject({ user: "two", prompt: { version: 2 } });
    expect(await of({ version: 1 })).toMatchObject({ user: "one", prompt: { version: 1, label: "" } });
  });

  it.each([
    ["prompt/chat", "chat", "prompt/chat", "user"],
    ["agent/tools", "chat", "agent/tools", "user"],
    ["vision/describe", "chat", "vision/describe", "question"],
    ["fine-tuned/chat", "text", "fine-tuned/chat", "user"],
    ["classifier/prompt", "text", "classifier/prompt", "instructions"],
    ["text/template", "text", "text/template", "template"],
  ] as const)("may be %s", async (name, kind, type, field) => {
    const { id } = await make(`For ${name}`, say("The words"), kind);
    expect(configOf(await settle(holding(id, { label: "production" }, type)))?.[field]).toBe("The words");
  });

  it("also inside a container, and as a variant", async () => {
    const { id } = await make("Inside", say("inside"), "text");
    const prompt = { reference: id, label: "production" };
    const body = holding(id, { label: "production" });
    const document: GraphDocument = {
      ...buildDocument({ plain: { type: "prompt/chat", config: { user: "mine" } } }),
      variants: { plain: [{ id: "v", label: "Library", config: { prompt } as never }] },
    };
    const settled = await settle({
      ...document,
      nodes: [
        ...document.nodes,
        { ...buildDocument({ map: { type: "flow/map" } }).nodes[0], body } as GraphDocument["nodes"][number],
      ],
    });
    expect(settled.nodes[0]?.config).toEqual({ user: "mine" });
    expect(settled.nodes[1]?.body?.nodes[0]?.config.user).toBe("inside");
    expect(settled.variants?.plain?.[0]?.config.user).toBe("inside");
  });

  it.each([
    ["prompt-unknown", { label: "nowhere" }, "chat", "prompt/chat"],
    ["prompt-unknown", { version: 9 }, "chat", "prompt/chat"],
    ["prompt-unfit", { label: "production" }, "chat", "text/template"],
    ["prompt-unfit", { label: "production" }, "text", "classifier/prompt"],
  ] as const)("is refused: %s, %j", async (code, at, kind, type) => {
    const { id } = await make(`Refused ${JSON.stringify([at, type])}`, say("Say {{x}}"), kind);
    await expect(settle(holding(id, at, type))).rejects.toMatchObject({
      details: { reason: "graph-invalid", diagnostics: [{ code, at: { node: "step", field: "prompt" } }] },
    });
  });

  it("of another workspace is not to be had", async () => {
    const { id } = await make("Ours", say("secret"));
    const other = await addMember(database, "owner");
    const foreign = settlePrompts(database.prisma, other.workspaceId, holding(id, { label: "production" }));
    await expect(foreign).rejects.toMatchObject({ details: { diagnostics: [{ code: "prompt-unknown" }] } });
  });
});

describe("a pipeline with such a step", () => {
  it("is saved in any case, runs what the label is now, and a frozen version never moves", async () => {
    const { id } = await make("Frozen", say("one {{x}}"));
    const document = holding(id, { label: "production" });
    const pipeline = await api.pipeline.create({ name: "Frozen", document });
    const first = await freezeDraft(database, workspaceId, pipeline.id, { reason: "keep" });
    await api.prompt.saveVersion({ id, parent: 1, newest: 1, content: say("two {{y}}") });
    await api.promptLabel.move({ id, name: "production", number: 2, from: 1 });
    const second = await freezeDraft(database, workspaceId, pipeline.id, { reason: "keep" });
    expect([first?.number, second?.number]).toEqual([1, 2]);
    const stored = await database.prisma.revision.findMany({
      where: { pipelineId: pipeline.id },
      orderBy: { number: "asc" },
      include: { promptUses: true },
    });
    expect(stored.map((each) => configOf(readStoredDocument(each.document))?.user)).toEqual(["one {{x}}", "two {{y}}"]);
    expect(stored.map(({ promptUses }) => promptUses.map(({ number, node, label }) => [number, node, label]))).toEqual([
      [[1, "step", "production"]],
      [[2, "step", "production"]],
    ]);
    expect((await api.pipeline.get({ id: pipeline.id })).document.nodes[0]?.config.user).toBe("two {{y}}");
    await expect(api.prompt.remove({ id })).rejects.toThrow('pipeline "Frozen"');

    await api.promptLabel.move({ id, name: "production", number: null, from: 2 });
    const { revision } = await api.pipeline.save({ id: pipeline.id, baseRevision: 1, document });
    expect(revision).toBe(2);
    await expect(loadDraft(database, workspaceId, pipeline.id)).rejects.toThrow("does not have");
    expect((await api.pipeline.get({ id: pipeline.id })).document.nodes[0]?.config.prompt).toMatchObject({
      reference: id,
    });
  });

  it("whose words were replaced by a variant names no version any more, and one that takes another prompt has its words", async () => {
    const { id } = await make("Overridden", say("library"));
    const other = await make("Other", say("other words"));
    const document = holding(id, { label: "production" });
    const pipeline = await api.pipeline.create({ name: "Overridden", document });
    const frozen = await freezeDraft(database, workspaceId, pipeline.id, { reason: "keep" });
    const over = async (config: Record<string, unknown>) => {
      const revision = await freezeOverrides(
        database,
        workspaceId,
        frozen?.id ?? "",
        [{ nodeId: "step", config: config as never }],
        { reason: "variant" },
      );
      const row = await database.prisma.revision.findUniqueOrThrow({ where: { id: revision?.id ?? "" } });
      return configOf(readStoredDocument(row.document));
    };
    expect(await over({ user: "mine" })).toMatchObject({ user: "mine", prompt: { reference: "" } });
    expect(await over({ maxTokens: 3 })).toMatchObject({ user: "library", prompt: { reference: id } });
    const prompt = { reference: other.id, label: "production", version: 1, hash: "forged" };
    expect(await over({ prompt, user: "forged" })).toMatchObject({ user: "other words", prompt: { slug: "other" } });
  });

  it("keeps a version that it holds by number from being deleted", async () => {
    const { id } = await make("Pinned", say("one"));
    await api.prompt.saveVersion({ id, parent: 1, newest: 1, content: say("two") });
    await api.prompt.saveVersion({ id, parent: 2, newest: 2, content: say("three") });
    await api.pipeline.create({ name: "Pins it", document: holding(id, { label: "", version: 2 }) });
    await expect(api.prompt.removeVersion({ id, number: 2 })).rejects.toThrow('pipeline "Pins it"');
  });
});
