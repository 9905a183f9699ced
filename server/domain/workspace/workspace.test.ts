import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ensureEmbeddedEndpoint } from "@/server/domain/endpoint/embedded-endpoint";
import type { Database } from "@/server/platform/db/database";
import type { Member } from "@/server/platform/guard/member";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";

let database: Database;
let owner: Member;
let api: ReturnType<typeof callerOf>;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  owner = await addMember(database, "owner");
  await ensureEmbeddedEndpoint(database, owner.workspaceId);
  api = callerOf(database, owner);
});

describe("the workspace", () => {
  it("takes a name and default models, keeps what is left out, and writes it down", async () => {
    await api.workspace.update({ name: "Research", defaultChatModel: "local/tiny-local" });
    await api.workspace.update({ defaultEmbeddingModel: "local/local-embed" });
    expect(await api.workspace.get()).toMatchObject({
      name: "Research",
      defaultChatModel: "local/tiny-local",
      defaultEmbeddingModel: "local/local-embed",
      role: "owner",
    });
    await api.workspace.update({
      defaultVisionModel: "local/local-vision",
      defaultModerationModel: "local/local-moderation",
      defaultTranscriptionModel: "local/local-whisper",
    });
    expect(await api.workspace.get()).toMatchObject({
      defaultVisionModel: "local/local-vision",
      defaultModerationModel: "local/local-moderation",
      defaultTranscriptionModel: "local/local-whisper",
      defaultRerankModel: null,
    });
    await api.workspace.update({ defaultChatModel: null });
    expect(await api.workspace.get()).toMatchObject({ name: "Research", defaultChatModel: null });
    expect((await api.audit.list({})).items.map((item) => item.action)).toEqual(Array(4).fill("workspace.update"));
  });

  it.each([
    ["a model that no endpoint offers", { defaultChatModel: "local/no-such" }],
    ["a model that cannot chat", { defaultChatModel: "local/local-embed" }],
    ["a model that cannot embed", { defaultEmbeddingModel: "local/tiny-local" }],
    ["a model that does not see", { defaultVisionModel: "local/tiny-local" }],
    ["a model that does not moderate", { defaultModerationModel: "local/local-embed" }],
    ["a model that does not transcribe", { defaultTranscriptionModel: "local/local-vision" }],
    ["a model that does not rank", { defaultRerankModel: "local/local-whisper" }],
    ["something that is not a model", { defaultChatModel: "../secret" }],
    ["an empty name", { name: " " }],
    ["a name that is too long", { name: "x".repeat(81) }],
  ])("refuses %s and names the field", async (_, input) => {
    await expect(api.workspace.update(input)).rejects.toMatchObject({ code: "BAD_REQUEST" });
    expect(await api.workspace.get()).toMatchObject({ defaultChatModel: null, defaultEmbeddingModel: null });
  });

  it("does not take another workspace's model for its own", async () => {
    const stranger = callerOf(database, await addMember(database, "owner"));
    const refused = stranger.workspace.update({ defaultChatModel: "local/tiny-local" });
    await expect(refused).rejects.toMatchObject({ details: { fields: { defaultChatModel: expect.any(String) } } });
  });

  it("is changed by its owner only", async () => {
    const editor = callerOf(database, await addMember(database, "editor", owner.workspaceId));
    await expect(editor.workspace.update({ name: "Mine" })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("an account", () => {
  it("takes a new name and e-mail, in lower case", async () => {
    const email = `Ada-${owner.userId}@Example.com`;
    expect(await api.account.update({ name: "Ada", email })).toEqual({ name: "Ada", email: email.toLowerCase() });
    expect(await api.account.get()).toMatchObject({ name: "Ada", email: email.toLowerCase(), role: "owner" });
  });

  it("does not take an e-mail that somebody else signs in with, in any case", async () => {
    const other = await callerOf(database, await addMember(database, "viewer")).account.get();
    const refused = api.account.update({ email: other.email.toUpperCase() });
    await expect(refused).rejects.toMatchObject({ code: "CONFLICT", details: { reason: "name-taken" } });
  });

  it.each([
    { email: "no e-mail" },
    { email: `${"x".repeat(250)}@example.com` },
    { name: "" },
    { role: "owner" },
    { id: "x" },
  ])("refuses %j", async (input) => {
    await expect(api.account.update(input)).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });
});

describe("the audit log", () => {
  it("comes page by page, latest first, each entry once, and is found by action", async () => {
    for (const name of ["One", "Two", "Three", "Four", "Five"]) await api.workspace.update({ name });
    await api.account.update({ name: "Ada" });
    const seen: unknown[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof api.audit.list>> = await api.audit.list({
        cursor,
        limit: 2,
        query: "workspace.",
      });
      seen.push(...page.items.map((item) => item.data.name));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(["Five", "Four", "Three", "Two", "One"]);
  });

  it("is that of one's own workspace", async () => {
    await api.workspace.update({ name: "Secret plans" });
    const stranger = callerOf(database, await addMember(database, "owner"));
    expect((await stranger.audit.list({})).items).toEqual([]);
  });
});
