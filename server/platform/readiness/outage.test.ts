import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { Gate } from "@/runtime/testing/gate";
import { createSocketAddress } from "@/scripts/lib/socket-address.mjs";
import { followLink } from "@/server/api/http/sign-in/follow-link";
import { answerTrpc } from "@/server/api/trpc/answer-trpc";
import { authSecret } from "@/server/platform/auth/auth-secret";
import { createSignInLink } from "@/server/platform/auth/create-sign-in-link";
import { ensureLocalOwner } from "@/server/platform/auth/ensure-local-owner";
import { isDatabaseGone } from "@/server/platform/db/database-gone";
import { type Database, openDatabase } from "@/server/platform/db/open-database";
import { readAddress } from "@/server/platform/guard/address";
import { defineJob } from "@/server/platform/job/define-job";
import { takeUpJob } from "@/server/platform/job/take-up-job";
import { guardRoute } from "@/server/platform/route/route";
import { copyTestDatabase } from "@/server/testing/test-database";
import { addMember } from "@/server/testing/workspace-fixture";
import { Disk, useDisk } from "./disk";
import { outageNow } from "./refuse-outage";

const root = path.resolve(import.meta.dirname, "../../..");
let folder: string;
let socket: string;
let child: ChildProcess;
let database: Database;
/** The database as the app runs it, a process of its own. */
const startDatabase = async () => {
  const main = path.join(root, "server/platform/db/embedded/main.ts");
  child = spawn(process.execPath, ["--import", "tsx", main, path.join(folder, "database"), socket], {
    cwd: root,
    stdio: ["pipe", "pipe", "inherit"],
  });
  await once(child.stdout as NodeJS.ReadableStream, "data");
};
const killDatabase = async () => {
  child.kill("SIGKILL");
  await once(child, "exit");
};

beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = Buffer.alloc(32, 1).toString("base64");
  folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-outage-"));
  await copyTestDatabase(path.join(folder, "database"));
  socket = await createSocketAddress();
  await startDatabase();
  database = await openDatabase({ kind: "embedded", socket });
}, 60_000);
afterAll(async () => {
  await database.close();
  await killDatabase();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => void vi.spyOn(console, "error").mockImplementation(() => {}));
afterEach(() => void vi.restoreAllMocks());

const origin = "http://127.0.0.1:3000";
const host = "127.0.0.1:3000";
/** The session of the owner, as a Cookie header. */
const signIn = async () => {
  const { email } = await ensureLocalOwner(database);
  const link = await createSignInLink({ database, secret: authSecret(), address: readAddress({}), email });
  const follow = guardRoute({ auth: "public" }, followLink, async () => database);
  const followed = await follow(new Request(link, { headers: { host } }), { params: Promise.resolve({}) });
  return followed.headers
    .getSetCookie()
    .map((line) => line.split(";", 1)[0])
    .join("; ");
};

const caught = (work: Promise<unknown>): Promise<unknown> => work.then(() => null).catch((error: unknown) => error);

describe("while the database is away", () => {
  it("every way of asking it says so, and routes and procedures answer 503 with the time to come back", async () => {
    const open = async () => database;
    const route = guardRoute(
      { auth: "public", anyHost: true },
      async () => Response.json(await database.query("SELECT 1")),
      open,
    );
    const procedures = guardRoute({ auth: "public" }, answerTrpc, open);
    const next = { params: Promise.resolve({}) as Promise<never> };
    const cookie = await signIn();
    const ask = () => [
      database.query("SELECT 1"),
      database.prisma.workspace.findMany(),
      database.prisma.$queryRaw`SELECT 1`,
      database.prisma.$transaction(async (prisma) => prisma.workspace.count()),
      database.prisma.$transaction([database.prisma.workspace.count()]),
    ];
    expect(await Promise.all(ask().map(caught))).toEqual([null, null, null, null, null]);
    const refused = await caught(database.query("SELECT * FROM nowhere"));
    expect(isDatabaseGone(refused)).toBe(false);
    await killDatabase();
    try {
      for (const error of await Promise.all(ask().map(caught))) {
        expect({ error, gone: isDatabaseGone(error) }).toMatchObject({ gone: true });
      }

      const answer = await route(new Request("http://x/"), next);
      expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "5"]);
      expect((await answer.json()).error).toMatchObject({ code: "database-gone" });
      const said = await procedures(
        new Request(`${origin}/api/trpc/workspace.get`, { headers: { host, cookie } }),
        next,
      );
      expect([said.status, said.headers.get("retry-after")]).toEqual([503, "5"]);
    } finally {
      await startDatabase();
    }
    expect(await Promise.all(ask().map(caught))).toEqual([null, null, null, null, null]);
  });

  it("a job waits, and begins again when it is back", async () => {
    const { workspaceId } = await addMember(database, "owner");
    const row = await database.prisma.job.create({
      data: { workspaceId, kind: "test/outage", subject: "test:1", status: "queued", input: {} },
    });
    const begun = new Gate();
    let tries = 0;
    const definition = defineJob({
      kind: "test/outage",
      input: z.strictObject({}),
      run: async ({ database: opened }) => {
        tries += 1;
        if (tries === 1) await begun.wait();
        await opened.prisma.workspace.findMany();
        return tries;
      },
    });
    const taken = takeUpJob(database, [definition], {
      jobId: row.id,
      attempt: 1,
      signal: new AbortController().signal,
    });
    await begun.reached;
    await killDatabase();
    begun.open();
    await vi.waitFor(() =>
      expect(console.error).toHaveBeenCalledWith(expect.stringContaining("goes on when"), expect.anything()),
    );
    await startDatabase();
    await taken;
    const ended = await database.prisma.job.findUniqueOrThrow({ where: { id: row.id } });
    expect(ended).toMatchObject({ status: "success", result: 2 });
  });
});

describe("while the disk is full", () => {
  it("a job is not begun, and begun when there is room", async () => {
    const { workspaceId } = await addMember(database, "owner");
    const row = await database.prisma.job.create({
      data: { workspaceId, kind: "test/outage", subject: "test:2", status: "queued", input: {} },
    });
    const at = { free: 0 };
    const disk = new Disk({ read: async () => at.free, reserved: 10 });
    useDisk(database, disk);
    await disk.look();
    expect(outageNow(database)).toBe("disk-full");
    let ran = false;
    const definition = defineJob({
      kind: "test/outage",
      input: z.strictObject({}),
      run: async () => {
        ran = true;
        return undefined;
      },
    });
    const taken = takeUpJob(database, [definition], {
      jobId: row.id,
      attempt: 1,
      signal: new AbortController().signal,
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(ran).toBe(false);
    at.free = 100;
    await disk.look();
    await taken;
    expect(ran).toBe(true);
    expect(outageNow(database)).toBeNull();
  });
});
