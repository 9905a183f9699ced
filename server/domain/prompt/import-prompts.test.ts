import { afterAll, beforeAll, expect, it } from "vitest";
import { filedPrompt } from "@/nodes/lib/prompt/prompt-file";
import type { Database } from "@/server/platform/db/database";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";

let database: Database;
let api: ReturnType<typeof callerOf>;
beforeAll(async () => {
  database = await openTestDatabase();
  api = callerOf(database, await addMember(database, "owner"));
});
afterAll(() => database.close());

const prompt = (slug: string, user: string, more: object = {}) =>
  filedPrompt.parse({ slug, name: slug, kind: "text", content: { user }, ...more });
const outcomes = async (...prompts: ReturnType<typeof prompt>[]) =>
  (await api.prompt.import({ prompts })).imported.map(({ slug, outcome }) => [slug, outcome]);

it("makes what is new, keeps other words as a version, leaves the same alone, and moves no label", async () => {
  expect(await outcomes(prompt("one", "{{a}}", { folder: "x/y", tags: ["t"] }), prompt("two", "b"))).toEqual([
    ["one", "created"],
    ["two", "created"],
  ]);
  expect(await outcomes(prompt("one", "{{a}} more"), prompt("two", "b"))).toEqual([
    ["one", "versioned"],
    ["two", "same"],
  ]);
  const { items } = await api.prompt.list({ query: "one" });
  expect(items).toMatchObject([{ slug: "one", folder: "x/y", newest: 2, labels: [{ name: "production", number: 1 }] }]);
  const { prompts } = await api.prompt.export({});
  expect(prompts.map(({ slug, content }) => [slug, content.user])).toEqual([
    ["one", "{{a}} more"],
    ["two", "b"],
  ]);
  expect((await api.prompt.export({ folder: "x" })).prompts.map(({ slug }) => slug)).toEqual(["one"]);
  // Brought back, it changes nothing.
  expect(await outcomes(...prompts)).toEqual([
    ["one", "same"],
    ["two", "same"],
  ]);
});

it("waits for prompts that come behind, and refuses alone what cannot be put together", async () => {
  const { imported } = await api.prompt.import({
    prompts: [
      prompt("outer", "{{> middle}}"),
      prompt("middle", "{{> inner}}"),
      prompt("inner", "words"),
      prompt("itself", "{{> itself}}"),
      prompt("lost", "{{> nobody}}"),
      prompt("one", "x", { kind: "rubric" }),
    ],
  });
  expect(Object.fromEntries(imported.map(({ slug, outcome }) => [slug, outcome]))).toEqual({
    outer: "created",
    middle: "created",
    inner: "created",
    itself: "refused",
    lost: "refused",
    one: "refused",
  });
  expect(imported.find(({ slug }) => slug === "lost")?.reason).toContain("nobody");
  expect(imported.find(({ slug }) => slug === "one")?.reason).toContain("another kind");
});
