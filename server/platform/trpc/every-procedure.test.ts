import { initTRPC, type TRPCError } from "@trpc/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { appRouter } from "@/server/api/trpc/root";
import type { Database } from "@/server/platform/db/database";
import { permits } from "@/server/platform/guard/access";
import { accessOf } from "@/server/platform/guard/marks";
import type { Member } from "@/server/platform/guard/member";
import { publicProcedures } from "@/server/platform/guard/public-list";
import { type Role, roles } from "@/server/platform/guard/role";
import { editorProcedure, publicProcedure, router } from "@/server/platform/trpc/procedures";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember } from "@/server/testing/workspace-fixture";

interface Procedure {
  (call: object): Promise<unknown>;
  readonly _def: {
    readonly type: "query" | "mutation" | "subscription";
    readonly inputs: readonly unknown[];
    readonly middlewares: readonly object[];
  };
}
const proceduresOf = (of: { readonly _def: { readonly procedures: object } }): [string, Procedure][] =>
  Object.entries(of._def.procedures) as unknown as [string, Procedure][];

/** Everything wrong with who may call these procedures; empty when every one of them is behind the guard. */
const guardFaults = (procedures: readonly [string, Procedure][]): string[] =>
  procedures.flatMap(([path, procedure]) => {
    const access = accessOf(procedure._def.middlewares);
    if (access === null) return [`${path} has no guard`];
    if (access === "public" && !Object.hasOwn(publicProcedures, path)) return [`${path} is public but not on the list`];
    return [];
  });

/** What a viewer may change: themselves, and nothing else. */
/** What one may do to oneself; and answers to what a step asks, which says itself who may give them. */
const viewerMutations = [
  "account.update",
  "account.setPassword",
  "account.endSession",
  "account.endOtherSessions",
  "inbox.reserve",
  "inbox.decide",
  "inbox.decideMany",
];

const all = proceduresOf(appRouter);

describe("every procedure", () => {
  it("is behind the guard, or on the public list", () => {
    expect(all.length).toBeGreaterThanOrEqual(15);
    expect(guardFaults(all)).toEqual([]);
  });

  it("is found out when it is not", () => {
    const bare = initTRPC
      .create()
      .procedure.meta({ access: "owner" })
      .query(() => 1);
    const fixture = router({
      open: bare as never,
      claimed: publicProcedure.query(() => 1),
      fine: editorProcedure.query(() => 1),
    });
    expect(guardFaults(proceduresOf(fixture))).toEqual(["open has no guard", "claimed is public but not on the list"]);
  });

  it("that changes anything needs an editor, except what one may do to oneself and what one is asked", () => {
    const open = all.filter(([, { _def }]) => _def.type === "mutation" && accessOf(_def.middlewares) === "viewer");
    expect(open.map(([path]) => path).sort()).toEqual([...viewerMutations].sort());
  });

  it("that is on the public list exists", () => {
    const paths = all.map(([path]) => path);
    for (const listed of Object.keys(publicProcedures)) expect(paths).toContain(listed);
  });

  it("refuses fields that it does not know", () => {
    expect(all.flatMap(([path, { _def }]) => _def.inputs.flatMap((input) => openObjects(input, path)))).toEqual([]);
  });

  it("is found out when it lets unknown fields in, however deep", () => {
    const loose = z.strictObject({ list: z.array(z.object({ name: z.string() }).optional()) });
    expect(openObjects(loose, "x")).toEqual(["x.list lets unknown fields in"]);
  });
});

/** Where an input schema would let a field through that it does not name. */
const openObjects = (schema: unknown, path: string): string[] => {
  if (schema instanceof z.ZodObject) {
    const { catchall, shape } = schema._zod.def;
    const own = catchall instanceof z.ZodNever ? [] : [`${path} lets unknown fields in`];
    return [...own, ...Object.entries(shape).flatMap(([key, inner]) => openObjects(inner, `${path}.${key}`))];
  }
  if (schema instanceof z.ZodArray) return openObjects(schema.element, path);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => openObjects(option, path));
  if (schema instanceof z.ZodPipe) return openObjects(schema.in, path);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    return openObjects(schema.unwrap(), path);
  }
  return [];
};

describe("role x procedure", () => {
  let database: Database;
  const members = new Map<Role, Member>();
  beforeAll(async () => {
    database = await openTestDatabase();
    const owner = await addMember(database, "owner");
    members.set("owner", owner);
    for (const role of ["editor", "viewer"] as const)
      members.set(role, await addMember(database, role, owner.workspaceId));
  });
  afterAll(() => database.close());

  const refusal = async (path: string, procedure: Procedure, member: Member | null, sameOrigin = true) => {
    const ctx = { database, member, sameOrigin };
    const { type } = procedure._def;
    try {
      // An input that no schema takes: whoever may call learns that, nobody else does, and nothing is changed.
      await procedure({
        ctx,
        path,
        type,
        getRawInput: async () => Symbol("no input"),
        signal: undefined,
        batchIndex: 0,
      });
      return null;
    } catch (error) {
      return (error as TRPCError).code;
    }
  };

  it.each(all)("%s", async (path, procedure) => {
    const needed = accessOf(procedure._def.middlewares);
    if (needed === null || needed === "public") return;
    expect(await refusal(path, procedure, null)).toBe("UNAUTHORIZED");
    for (const role of roles) {
      const code = await refusal(path, procedure, members.get(role) ?? null);
      if (permits(role, needed)) expect(["BAD_REQUEST", null]).toContain(code);
      else expect(code).toBe("FORBIDDEN");
    }
    if (procedure._def.type === "mutation") {
      expect(await refusal(path, procedure, members.get("owner") ?? null, false)).toBe("FORBIDDEN");
    }
  });
});
