import { expect, test } from "vitest";
import { auditAddress, auditExport, auditQuestion, readAuditFilter } from "./audit-filter";

test("the address of the page says what is listed, and nonsense in it is left out", () => {
  const filter = { query: "key", userId: "u1", kind: "api-key", from: "2026-11-01", until: "2026-11-30" } as const;
  const address = auditAddress(filter);
  expect(readAuditFilter(new URL(address, "http://x").searchParams)).toEqual(filter);
  const nonsense = new URLSearchParams({ userId: "../x", kind: "moon", from: "yesterday", until: "2026-99-99" });
  expect(readAuditFilter(nonsense)).toEqual({});
  expect(auditAddress({ query: "" })).toBe("/settings/audit");
});

test("the last day is included, and the file holds the same entries", () => {
  const filter = { kind: "run", from: "2026-11-01", until: "2026-11-01" } as const;
  const { from, before } = auditQuestion(filter);
  expect((before?.getTime() ?? 0) - (from?.getTime() ?? 0)).toBe(86_400_000);
  const exported = new URL(auditExport(filter, "csv"), "http://x").searchParams;
  expect(Object.fromEntries(exported)).toEqual({
    format: "csv",
    kind: "run",
    from: from?.toISOString(),
    before: before?.toISOString(),
  });
});
