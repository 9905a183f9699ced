import { mkdtemp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createSocketAddress } from "@/scripts/lib/socket-address.mjs";
import { FolderInUse, lockFolder } from "./folder-lock";

const parent = await mkdtemp(path.join(os.tmpdir(), "pipewright-lock-"));
const servers: Server[] = [];
afterAll(async () => {
  for (const server of servers) server.close();
  await rm(parent, { recursive: true, force: true });
});

const listening = async () => {
  const address = await createSocketAddress();
  const server = createServer((socket) => socket.destroy());
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(address, resolve));
  return { address, close: () => new Promise((resolve) => server.close(resolve)) };
};
const write = (folder: string, record: object) => writeFile(`${folder}.lock`, JSON.stringify(record));

describe("the lock on a data folder", () => {
  it("is refused to a second one while the first lives, and given after", async () => {
    const folder = path.join(parent, "taken");
    const [one, other] = [await listening(), await listening()];
    const lock = await lockFolder(folder, one.address);
    await expect(lockFolder(folder, other.address, 0)).rejects.toThrow(FolderInUse);
    await lock.release();
    await (await lockFolder(folder, other.address, 0)).release();
  });

  it("waits for one that is just ending", async () => {
    const folder = path.join(parent, "ending");
    const [one, other] = [await listening(), await listening()];
    const lock = await lockFolder(folder, one.address);
    const second = lockFolder(folder, other.address, 10_000);
    await lock.release();
    await (await second).release();
  });

  it("is taken over from a process that died, even where another has its number now", async () => {
    const folder = path.join(parent, "dead");
    const gone = await listening();
    await gone.close();
    await lockFolder(folder, gone.address);
    await write(folder, { token: "old", pid: process.pid, host: os.hostname(), socket: gone.address });
    await (await lockFolder(folder, (await listening()).address, 0)).release();
  });

  it("is taken over by the one that was started in the place of a dead one, at the same socket", async () => {
    const folder = path.join(parent, "restarted");
    const { address } = await listening();
    await write(folder, { token: "old", pid: 1, host: os.hostname(), socket: address });
    await (await lockFolder(folder, address, 0)).release();
  });

  it("goes to exactly one of many that find a dead process's lock", async () => {
    const folder = path.join(parent, "race");
    const gone = await createSocketAddress();
    await write(folder, { token: "old", pid: 1, host: os.hostname(), socket: gone });
    const { address } = await listening();
    const tries = await Promise.allSettled(Array.from({ length: 12 }, () => lockFolder(folder, address, 300)));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("believes a holder on another machine as long as its heartbeat is heard", async () => {
    const folder = path.join(parent, "elsewhere");
    const { address } = await listening();
    await write(folder, { token: "far", pid: 7, host: "another-machine", socket: "/nowhere" });
    await expect(lockFolder(folder, address, 0)).rejects.toThrow(/process 7 on another-machine/);
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(`${folder}.lock`, longAgo, longAgo);
    await (await lockFolder(folder, address, 0)).release();
  });

  it("is taken over when its file is damaged", async () => {
    const folder = path.join(parent, "damaged");
    await writeFile(`${folder}.lock`, "{ half a rec");
    const lock = await lockFolder(folder, (await listening()).address, 0);
    expect(JSON.parse(await readFile(`${folder}.lock`, "utf8"))).toMatchObject({ pid: process.pid });
    await lock.release();
  });
});
