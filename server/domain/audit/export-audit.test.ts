import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "@/server/platform/db/database";
import type { Member } from "@/server/platform/guard/member";
import type { RouteCall } from "@/server/platform/route/route";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";
import { exportAudit } from "./export-audit";

let database: Database;
let owner: Member;
beforeAll(async () => {
  database = await openTestDatabase();
  owner = await addMember(database, "owner");
  const { workspaceId, userId } = owner;
  const other = await addMember(database, "owner");
  const entry = (index: number) => ({
    workspaceId,
    userId,
    action: index % 2 ? "pipeline.save" : "run.start",
    subject: `pipeline:${index}`,
    data: { name: "=1+1" },
    address: "203.0.113.7",
    userAgent: "＝cmd",
    at: new Date(Date.UTC(2026, 0, 1, 0, 0, index)),
  });
  await database.prisma.auditEntry.createMany({ data: Array.from({ length: 1_200 }, (_, index) => entry(index)) });
  await database.prisma.auditEntry.create({
    data: { ...entry(1), workspaceId: other.workspaceId, subject: "pipeline:theirs" },
  });
});
afterAll(() => database.close());

const download = async (query: string) => {
  const request = new Request(`http://x/api/audit${query}`);
  const response = await exportAudit({ request, caller: owner, database } as RouteCall<"session", unknown>);
  return { type: response.headers.get("content-type"), text: await response.text() };
};

it("the whole log comes as CSV, over its pages, without formulas and without another workspace's entries", async () => {
  const { text, type } = await download("?format=csv");
  expect(type).toContain("text/csv");
  const lines = text.trim().split("\r\n");
  expect(lines).toHaveLength(1_201);
  expect(new Set(lines).size).toBe(1_201);
  expect(lines[0]).toBe("at,action,subject,user,email,api_key,address,user_agent,data");
  expect(lines[1]).toContain(",'＝cmd,");
  expect(text).not.toContain("theirs");
});

it("as NDJSON it holds the same, narrowed down as the page is, and the download itself is written down", async () => {
  const { text } = await download("?format=ndjson&kind=run&before=2026-01-01T00:00:10Z");
  const entries = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(entries.map(({ subject }) => subject)).toEqual([
    "pipeline:8",
    "pipeline:6",
    "pipeline:4",
    "pipeline:2",
    "pipeline:0",
  ]);
  expect(entries[0]).toMatchObject({
    action: "run.start",
    address: "203.0.113.7",
    user_agent: "＝cmd",
    data: { name: "=1+1" },
  });
  const { items } = await callerOf(database, owner).audit.list({ kind: "audit" });
  expect(items[0]).toMatchObject({ action: "audit.export", data: { format: "ndjson", kind: "run" } });
});

it.each(["?format=exe", "?kind=../x", "?from=yesterday", "?workspaceId=theirs", "?userId=%27"])(
  "%s is refused",
  async (query) => {
    await expect(download(query)).rejects.toMatchObject({ status: 400 });
  },
);

it("only owners see who did what", async () => {
  const editor = await addMember(database, "editor", owner.workspaceId);
  await expect(callerOf(database, editor).audit.list({})).rejects.toMatchObject({ code: "FORBIDDEN" });
  await expect(callerOf(database, editor).audit.people()).rejects.toMatchObject({ code: "FORBIDDEN" });
});
