import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyContent, type PromptContent, promptLimits } from "@/nodes/lib/prompt/prompt-content";
import type { Database } from "@/server/platform/db/database";
import type { Member } from "@/server/platform/guard/member";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";

let database: Database;
let owner: Member;
let api: ReturnType<typeof callerOf>;
let editor: ReturnType<typeof callerOf>;
beforeAll(async () => {
  database = await openTestDatabase();
  owner = await addMember(database, "owner");
  api = callerOf(database, owner);
  editor = callerOf(database, await addMember(database, "editor", owner.workspaceId));
});
afterAll(() => database.close());

const say = (user: string, more: Partial<PromptContent> = {}): PromptContent => ({ ...emptyContent, user, ...more });
const make = (name: string, user = "Say {{text}}", more: object = {}) =>
  api.prompt.create({ name, kind: "text", content: say(user), ...more });

describe("a prompt", () => {
  it("begins with version 1, which production and latest are, and a row for each of its variables", async () => {
    const { id, slug } = await api.prompt.create({
      name: "Complaint triage",
      kind: "chat",
      folder: " support // complaints ",
      tags: ["a", "b", "a"],
      content: say('Sort {{complaint}} of {{顧客.name}}: {"label": "{{not a name}}", "x": {{}} }', {
        system: "Be {{tone}}.",
      }),
    });
    expect(slug).toBe("complaint-triage");
    expect(await api.prompt.get({ id })).toMatchObject({
      folder: "support/complaints",
      tags: ["a", "b"],
      newest: 1,
      labels: [{ name: "production", number: 1, protected: false }],
    });
    const { content } = await api.prompt.version({ id, number: 1 });
    expect(content.variables.map(({ name, type }) => [name, type])).toEqual([
      ["tone", "text"],
      ["complaint", "text"],
      ["顧客", "json"],
    ]);
  });

  it("takes a free short name where none is given, and refuses one that is taken", async () => {
    expect((await make("Twice")).slug).toBe("twice");
    expect((await make("Twice")).slug).toBe("twice-2");
    expect((await make("重复")).slug).toBe("prompt");
    await expect(make("Other", "x", { slug: "twice" })).rejects.toMatchObject({ details: { reason: "name-taken" } });
  });

  it.each([
    ["says nothing", "text", say(" ")],
    ["has examples and is no chat", "rubric", say("x", { examples: [{ user: "a", assistant: "b" }] })],
    ["includes what is not there", "text", say("{{> nowhere}}")],
  ] as const)("is refused where it %s", async (_, kind, content) => {
    await expect(api.prompt.create({ name: "Refused", kind, content })).rejects.toMatchObject({
      details: { reason: "input-invalid" },
    });
  });

  it("is found by words, folder, tag and kind, and counted in its folder", async () => {
    await make("50%_off", "x", { folder: "ads/short", tags: ["sale"] });
    await make("Long copy", "x", { folder: "ads" });
    await make("Not ads", "x", { folder: "adsl" });
    const names = async (filter: object) => (await api.prompt.list(filter)).items.map(({ name }) => name).sort();
    expect(await names({ folder: "ads" })).toEqual(["50%_off", "Long copy"]);
    expect(await names({ query: "%_" })).toEqual(["50%_off"]);
    expect(await names({ tag: "sale" })).toEqual(["50%_off"]);
    expect(await names({ kinds: ["chat", "rubric"], query: "long" })).toEqual([]);
    const places = await api.prompt.places();
    expect(places.folders).toContainEqual({ folder: "ads/short", prompts: 1 });
    expect(places.tags).toContainEqual({ tag: "sale", count: 1 });
  });
});

describe("versions", () => {
  it("never change, know their parent, and are refused where nothing differs", async () => {
    const { id } = await make("Versions", "one");
    await api.prompt.saveVersion({ id, parent: 1, newest: 1, content: say("two"), note: "shorter" });
    await expect(api.prompt.saveVersion({ id, parent: 2, newest: 2, content: say("two") })).rejects.toThrow(
      "Nothing differs",
    );
    const { versions } = await api.prompt.versions({ id });
    expect(versions.map(({ number, parent, note }) => [number, parent, note])).toEqual([
      [2, 1, "shorter"],
      [1, null, ""],
    ]);
    expect((await api.prompt.version({ id, number: 1 })).content.user).toBe("one");
    expect(await api.prompt.get({ id })).toMatchObject({ newest: 2, labels: [{ name: "production", number: 1 }] });
  });

  it("that two people write at once: the second is told, and may branch", async () => {
    const { id } = await make("Branches", "one");
    const saves = await Promise.allSettled(
      ["two", "other"].map((words) => api.prompt.saveVersion({ id, parent: 1, newest: 1, content: say(words) })),
    );
    expect(saves.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const [refused] = saves.flatMap((each) => (each.status === "rejected" ? [each.reason as unknown] : []));
    expect(refused).toMatchObject({
      code: "CONFLICT",
      details: { reason: "stale-revision", conflict: { revision: 2 } },
    });
    const branch = await api.prompt.saveVersion({ id, parent: 1, newest: 2, content: say("other again") });
    expect(branch.number).toBe(3);
    const merge = await api.prompt.saveVersion({ id, parent: 3, merged: 2, newest: 3, content: say("both") });
    expect((await api.prompt.version({ id, number: merge.number })).merged).toBe(2);
  });

  it("that include their own prompt, also through another, are refused", async () => {
    const inner = await make("Inner", "inner");
    const outer = await make("Outer", "{{> inner}} outer");
    await expect(
      api.prompt.saveVersion({ id: inner.id, parent: 1, newest: 1, content: say("{{> outer@1}}") }),
    ).rejects.toThrow("would include itself");
    expect((await api.prompt.version({ id: outer.id, number: 1 })).composed).toMatchObject({
      user: "inner outer",
      includes: [{ slug: "inner", number: 1 }],
    });
  });
});

describe("labels", () => {
  it("move only from where they were seen: of two at once the second is told", async () => {
    const { id } = await make("Labels", "one");
    for (const words of ["two", "three"])
      await api.prompt.saveVersion({ id, parent: 1, newest: words === "two" ? 1 : 2, content: say(words) });
    const moves = await Promise.allSettled(
      [2, 3].map((number) => api.promptLabel.move({ id, name: "production", number, from: 1 })),
    );
    expect(moves.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const [refused] = moves.flatMap((each) => (each.status === "rejected" ? [each.reason as unknown] : []));
    expect(refused).toMatchObject({ code: "CONFLICT", details: { reason: "label-moved" } });
    const made = await Promise.allSettled(
      [1, 2].map((number) => api.promptLabel.move({ id, name: "canary", number, from: null })),
    );
    expect(made.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it.each(["latest", "2", "Production", "a/b", "", "客服", "x".repeat(37)])("refuse the name %j", async (name) => {
    const { id } = await make("Label names");
    await expect(api.promptLabel.move({ id, name, number: 1, from: null })).rejects.toThrow();
  });

  it("that are protected are moved by owners only", async () => {
    const { id } = await make("Protected", "one");
    await api.prompt.saveVersion({ id, parent: 1, newest: 1, content: say("two") });
    await expect(editor.prompt.protectLabel({ id, name: "production", protected: true })).rejects.toThrow("owner");
    await api.prompt.protectLabel({ id, name: "production", protected: true });
    const move = { id, name: "production", number: 2, from: 1 };
    await expect(editor.promptLabel.move(move)).rejects.toMatchObject({ details: { reason: "role-too-low" } });
    await expect(editor.promptLabel.move({ ...move, number: null })).rejects.toThrow("protected");
    await expect(editor.prompt.remove({ id })).rejects.toThrow("protected");
    expect(await api.promptLabel.move(move)).toMatchObject({ number: 2 });
  });

  it("point only at versions that there are", async () => {
    const { id } = await make("No such version");
    await expect(api.promptLabel.move({ id, name: "x", number: 9, from: null })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});

describe("what is needed", () => {
  it("is not deleted: a version with a label, the newest one, one that another prompt includes", async () => {
    const { id } = await make("Needed", "one");
    for (const newest of [1, 2, 3])
      await api.prompt.saveVersion({ id, parent: 1, newest, content: say(`text ${newest}`) });
    await make("Needs it", "{{>needed@2}}");
    await expect(api.prompt.removeVersion({ id, number: 1 })).rejects.toThrow('label "production"');
    await expect(api.prompt.removeVersion({ id, number: 4 })).rejects.toThrow('label "latest"');
    await expect(api.prompt.removeVersion({ id, number: 2 })).rejects.toThrow('prompt "Needs it"');
    await expect(api.prompt.remove({ id })).rejects.toThrow('prompt "Needs it"');
    await api.prompt.removeVersion({ id, number: 3 });
    await expect(api.prompt.version({ id, number: 3 })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const next = await api.prompt.saveVersion({ id, parent: 4, newest: 4, content: say("five") });
    expect(next.number).toBe(5);
  });
});

describe("a prompt whose short name stands in every other one", () => {
  it("is not deleted while one of them includes it, however many only look alike", async () => {
    const stranger = await addMember(database, "owner");
    const { workspaceId } = stranger;
    const own = callerOf(database, stranger);
    const { id } = await own.prompt.create({ name: "user", kind: "text", content: say("words") });
    const at = Array.from({ length: 250 }, (_, index) => `a${String(index).padStart(3, "0")}`);
    const rows = at.map((slug) => ({ workspaceId, id: slug, slug, name: slug, kind: "text" as const, newest: 1 }));
    await database.prisma.prompt.createMany({ data: rows });
    await database.prisma.promptVersion.createMany({
      data: at.map((promptId) => ({ workspaceId, promptId, number: 1, hash: promptId, content: say("\\{{> user}}") })),
    });
    const last = await own.prompt.create({ name: "zz", kind: "text", content: say("{{>\tuser\t}} and {{> user@1}}") });
    await expect(own.prompt.remove({ id })).rejects.toThrow('prompt "zz"');
    await own.prompt.saveVersion({ id: last.id, parent: 1, newest: 1, content: say("user-guide of user") });
    await own.promptLabel.move({ id: last.id, name: "production", number: 2, from: 1 });
    expect(await own.prompt.remove({ id })).toEqual({ id });
  });

  it("keeps a version that a draft pins, however many hold it by a label", async () => {
    const stranger = await addMember(database, "owner");
    const { workspaceId } = stranger;
    const own = callerOf(database, stranger);
    const { id } = await own.prompt.create({ name: "held", kind: "text", content: say("one") });
    for (const newest of [1, 2])
      await own.prompt.saveVersion({ id, parent: newest, newest, content: say(`text ${newest}`) });
    const holding = (label: string, version: number) => ({
      schemaVersion: 1,
      nodes: [{ id: "p", type: "prompt/chat", config: { prompt: { reference: id, label, version } } }],
    });
    await database.prisma.pipeline.createMany({
      data: Array.from({ length: 220 }, (_, index) => ({
        workspaceId,
        name: `a${index}`,
        document: holding("production", 1),
        graphHash: "hash",
      })),
    });
    const pinned = { workspaceId, name: "pins it", document: holding("", 2), graphHash: "hash" };
    await database.prisma.pipeline.create({ data: pinned });
    await expect(own.prompt.removeVersion({ id, number: 2 })).rejects.toThrow('pipeline "pins it"');
  });
});

describe("a large library", () => {
  it("of 2,000 prompts and a prompt of 500 versions are listed by pages", async () => {
    const stranger = await addMember(database, "owner");
    const { workspaceId } = stranger;
    const own = callerOf(database, stranger);
    const prompts = Array.from({ length: 2_000 }, (_, at) => ({
      workspaceId,
      id: `bulk-${at}`,
      slug: `bulk-${at}`,
      name: `Bulk ${at}`,
      folder: `f${at % 50}/g${at % 7}`,
      kind: "text" as const,
      tags: [`t${at % 30}`],
      newest: at === 0 ? 500 : 1,
    }));
    await database.prisma.prompt.createMany({ data: prompts });
    await database.prisma.promptVersion.createMany({
      data: Array.from({ length: 500 }, (_, at) => ({
        workspaceId,
        promptId: "bulk-0",
        number: at + 1,
        hash: `${at}`,
        content: say(`${at}`),
      })),
    });
    const seen = new Set<string>();
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof own.prompt.list>> = await own.prompt.list({ limit: 100, cursor });
      for (const { id } of page.items) seen.add(id);
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen.size).toBe(2_000);
    expect(await own.prompt.places()).toMatchObject({ prompts: 2_000 });
    expect((await own.prompt.list({ query: "bulk 1999" })).items).toHaveLength(1);
    let before: number | undefined;
    let versions = 0;
    do {
      const page: Awaited<ReturnType<typeof own.prompt.versions>> = await own.prompt.versions({ id: "bulk-0", before });
      versions += page.versions.length;
      before = page.next ?? undefined;
    } while (before !== undefined);
    expect(versions).toBe(500);
  });

  it("ends somewhere", async () => {
    const { workspaceId, ...stranger } = await addMember(database, "owner");
    const data = Array.from({ length: promptLimits.prompts }, (_, at) => ({
      workspaceId,
      slug: `p${at}`,
      name: "P",
      kind: "text" as const,
      newest: 1,
    }));
    await database.prisma.prompt.createMany({ data });
    await expect(
      callerOf(database, { workspaceId, ...stranger }).prompt.create({ name: "More", kind: "text", content: say("x") }),
    ).rejects.toMatchObject({ details: { reason: "limit-reached" } });
  });
});
