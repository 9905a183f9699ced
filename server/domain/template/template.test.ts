import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "@/server/platform/db/database";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";
import { templates } from "@/templates/index";

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

it("the gallery shows every template in order, in both languages, with a picture that fits together", async () => {
  const shown = await callerOf(database, await addMember(database, "viewer")).template.list();
  expect(shown.map(({ id }) => id)).toEqual(templates.map(({ id }) => id));
  for (const { title, summary, miniature } of shown) {
    for (const text of [title.en, title.zh, summary.en, summary.zh]) expect(text.length).toBeGreaterThan(1);
    const ids = new Set(miniature.nodes.map((node) => node.id));
    expect(ids.size).toBeGreaterThan(2);
    for (const { from, to } of miniature.edges) expect(ids.has(from) && ids.has(to)).toBe(true);
    const places = new Set(miniature.nodes.map(({ x, y }) => `${x} ${y}`));
    expect(places.size).toBe(miniature.nodes.length);
  }
});
