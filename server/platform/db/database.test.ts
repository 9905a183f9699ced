import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openTestDatabase } from "@/server/testing/test-database";

const database = await openTestDatabase();
afterAll(() => database.close());
const { prisma } = database;

beforeEach(async () => {
  await prisma.workspace.deleteMany();
});

describe("the embedded database", () => {
  it("has the extensions for vectors and similar text", async () => {
    const [row] = await database.query<{ distance: number; similar: number }>(
      "SELECT '[1,2]'::vector <-> '[1,3]'::vector AS distance, similarity('pipeline', 'pipelines') AS similar",
    );
    expect(row?.distance).toBe(1);
    expect(row?.similar).toBeGreaterThan(0.5);
  });

  it("keeps what was written, in every type the app uses", async () => {
    const workspace = await prisma.workspace.create({ data: { name: "测试 🙂" } });
    const document = { nodes: [{ id: "a", text: "line\n\"quote\" 'single' \\ 中文" }], n: 1.5, none: null };
    await prisma.pipeline.create({ data: { workspaceId: workspace.id, name: "p", document, graphHash: "h" } });
    const read = await prisma.pipeline.findFirstOrThrow({ include: { workspace: true } });
    expect(read.document).toEqual(document);
    expect(read.workspace.name).toBe("测试 🙂");
    expect(read.createdAt).toBeInstanceOf(Date);
  });

  it.each(["Asia/Shanghai", "America/New_York", "UTC"])(
    "reads and writes times as UTC on a machine in %s",
    async (zone) => {
      const before = process.env.TZ;
      process.env.TZ = zone;
      try {
        const at = new Date("2026-12-01T01:02:03.004Z");
        const { id } = await prisma.workspace.create({ data: { name: "then", createdAt: at } });
        const [raw] = await database.query<{ createdAt: Date }>('SELECT "createdAt" FROM "Workspace" WHERE "id" = $1', [
          id,
        ]);
        expect(raw?.createdAt).toEqual(at);
        const [found] = await database.query<{ id: string }>('SELECT "id" FROM "Workspace" WHERE "createdAt" = $1', [
          at,
        ]);
        expect(found?.id).toBe(id);
        const later = new Date("2026-07-01T23:59:59.999Z");
        await database.query('UPDATE "Workspace" SET "createdAt" = $2 WHERE "id" = $1', [id, later]);
        expect((await prisma.workspace.findUniqueOrThrow({ where: { id } })).createdAt).toEqual(later);
      } finally {
        if (before === undefined) delete process.env.TZ;
        else process.env.TZ = before;
      }
    },
  );

  it("serves many writers at once without losing one", async () => {
    await Promise.all(Array.from({ length: 200 }, (_, n) => prisma.workspace.create({ data: { name: `w${n}` } })));
    expect(await prisma.workspace.count()).toBe(200);
  });

  it("runs interactive transactions beside other work without a deadlock, each whole", async () => {
    const counter = await prisma.workspace.create({ data: { name: "0" } });
    const raise = () =>
      prisma.$transaction(async (transaction) => {
        const { name } = await transaction.workspace.findUniqueOrThrow({ where: { id: counter.id } });
        await transaction.workspace.create({ data: { name: "beside" } });
        await transaction.workspace.update({ where: { id: counter.id }, data: { name: String(Number(name) + 1) } });
      });
    const reads = Array.from({ length: 40 }, () => prisma.workspace.findUnique({ where: { id: counter.id } }));
    await Promise.all([...Array.from({ length: 40 }, raise), ...reads]);
    expect((await prisma.workspace.findUniqueOrThrow({ where: { id: counter.id } })).name).toBe("40");
    expect(await prisma.workspace.count()).toBe(41);
  });

  it("shows nobody a transaction that is not committed, and undoes one that fails", async () => {
    const failing = prisma.$transaction(async (transaction) => {
      await transaction.workspace.create({ data: { name: "never" } });
      throw new Error("changed my mind");
    });
    const seen = prisma.workspace.count();
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await seen).toBe(0);
    expect(await prisma.workspace.count()).toBe(0);
  });

  it("ends a transaction that waits for a statement outside of it, and goes on serving", async () => {
    const stuck = prisma.$transaction(
      async (transaction) => {
        await transaction.workspace.create({ data: { name: "inside" } });
        await prisma.workspace.count();
      },
      { timeout: 500 },
    );
    await expect(stuck).rejects.toThrow();
    expect(await prisma.workspace.count()).toBe(0);
  });

  it("answers a wrong statement with an error and the next one correctly", async () => {
    await expect(database.query("SELECT * FROM nowhere")).rejects.toThrow(/nowhere/);
    await expect(database.query("SELECT $1::int AS n", ["x"])).rejects.toThrow(/invalid input syntax/);
    expect(await database.query("SELECT $1::int AS n", [7])).toEqual([{ n: 7 }]);
  });

  it("carries a value of several megabytes", async () => {
    const text = "多".repeat(3_000_000);
    const [row] = await database.query<{ length: number; text: string }>(
      "SELECT length($1::text) AS length, $1 AS text",
      [text],
    );
    expect(row?.length).toBe(3_000_000);
    expect(row?.text).toBe(text);
  });
});
