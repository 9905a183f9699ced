import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appRouter } from "@/server/api/trpc/root";
import { chatDocument } from "@/server/domain/run/run-fixture";
import { recordMutation } from "@/server/platform/audit-log/record-mutation";
import { frequentMutations, unrecordedMutations } from "@/server/platform/audit-log/unrecorded";
import type { Database } from "@/server/platform/db/database";
import { auditMarks } from "@/server/platform/guard/marks";
import type { Member } from "@/server/platform/guard/member";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";

interface Procedure {
  readonly _def: { readonly type: string; readonly middlewares: readonly object[] };
}
const mutations = Object.entries(appRouter._def.procedures as unknown as Record<string, Procedure>).filter(
  ([, { _def }]) => _def.type === "mutation",
);
const names = mutations.map(([path]) => path);

let database: Database;
let owner: Member;
beforeAll(async () => {
  database = await openTestDatabase();
  const member = await addMember(database, "owner");
  owner = { ...member, from: { address: "203.0.113.7", userAgent: "Firefox" } };
});
afterAll(() => database.close());
const entries = () =>
  database.prisma.auditEntry.findMany({ where: { workspaceId: owner.workspaceId }, orderBy: { at: "asc" } });

describe("every change", () => {
  it("goes through the recorder, or is on the list of those that keep nothing", () => {
    expect(names.length).toBeGreaterThan(60);
    const past = mutations.filter(([, { _def }]) => !_def.middlewares.some((each) => auditMarks.has(each)));
    expect(past.map(([path]) => path)).toEqual([]);
  });

  it("that is on a list exists", () => {
    for (const listed of [...Object.keys(unrecordedMutations), ...frequentMutations]) expect(names).toContain(listed);
  });

  it.each(names.filter((path) => !Object.hasOwn(unrecordedMutations, path)))("%s leaves an entry", async (path) => {
    const before = await database.prisma.auditEntry.count();
    await recordMutation(database, { member: owner, path, input: { id: "a1" }, output: {} });
    const [entry] = await database.prisma.auditEntry.findMany({ orderBy: { at: "desc" }, take: 1 });
    expect(await database.prisma.auditEntry.count()).toBe(before + 1);
    expect(entry).toMatchObject({ userId: owner.userId, address: "203.0.113.7", userAgent: "Firefox" });
  });
});

describe("a change through the API", () => {
  it("is written down once: by itself where it has more to tell, otherwise by the recorder, with fields but not what stands in them", async () => {
    await database.prisma.auditEntry.deleteMany();
    const api = callerOf(database, owner);
    const { id } = await api.pipeline.create({ name: "Made", document: chatDocument("secret-words") });
    const document = chatDocument("more-secret-words");
    await api.pipeline.save({ id, baseRevision: 1, document });
    await api.pipeline.save({ id, baseRevision: 2, document: chatDocument("others") });
    const written = await entries();
    expect(written.map(({ action, subject }) => [action, subject])).toEqual([
      ["pipeline.create", `pipeline:${id}`],
      // The second save belongs to the same stretch of work.
      ["pipeline.save", `pipeline:${id}`],
    ]);
    expect(written[1]).toMatchObject({
      data: { fields: "baseRevision, document" },
      address: "203.0.113.7",
      userAgent: "Firefox",
    });
    expect(JSON.stringify(written)).not.toContain("secret-words");
  });

  it("that is refused leaves nothing", async () => {
    await database.prisma.auditEntry.deleteMany();
    const refused = callerOf(database, owner).pipeline.rename({ id: "c000000000000000000000000", name: "No" });
    await expect(refused).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await entries()).toEqual([]);
  });
});
