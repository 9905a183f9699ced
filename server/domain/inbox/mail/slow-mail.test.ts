import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { fail, ok } from "@/runtime/graph/result";
import type { Database } from "@/server/platform/db/database";
import { openTestDatabase } from "@/server/testing/test-database";
import { inboxWorkspace } from "../inbox-fixture";
import { keepInbox } from "../keep-inbox";
import type { MailServer } from "./mail.types";
import { type Mail, sendMail } from "./send-mail";
import { tellPeople } from "./tell-people";

let database: Database;
let house: Awaited<ReturnType<typeof inboxWorkspace>>;
const settings = { host: "127.0.0.1", port: 25, security: "none", username: "", sender: "p@example.com" } as const;
beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
  database = await openTestDatabase();
  house = await inboxWorkspace(database);
  await house.api.inbox.setMail(settings);
});
afterAll(() => database.close());

const server: MailServer = { ...settings, password: null };
const mail: Mail = { to: "ada@example.com", subject: "x", text: "x", html: "x" };
const emails = () =>
  database.prisma.user
    .findMany({ where: { id: { in: [house.editor.userId, house.second.userId] } }, select: { email: true } })
    .then((users) => users.map(({ email }) => email));

it("is given up after its time by a server that is never idle and never done, and the connection is closed", async () => {
  const sockets: Socket[] = [];
  const dripping = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => {});
    const timer = setInterval(() => socket.write("220-wait\r\n"), 20);
    socket.on("close", () => clearInterval(timer));
  });
  await once(dripping.listen(0, "127.0.0.1"), "listening");
  const { port } = dripping.address() as AddressInfo;
  expect(await sendMail({ ...server, port }, mail, undefined, 300)).toEqual(
    fail("The mail server refused: It took longer than 0.3 seconds."),
  );
  const [socket] = sockets;
  if (socket?.closed === false) await once(socket, "close");
  expect(socket?.closed).toBe(true);
  dripping.close();
});

it("goes to the others where one address is refused, says who was not told, and tries only them again", async () => {
  const [refused = "", taken = ""] = await emails();
  const { id } = await house.waiting(await house.pipeline({ emails: [refused, taken] }));
  const said = vi.spyOn(console, "error").mockImplementation(() => {});
  const seen: string[] = [];
  const send = async (_: MailServer, { to }: Mail) => {
    seen.push(to);
    return to === refused ? fail("550 No such person") : ok(null);
  };
  expect(await tellPeople(database, new Date(), send)).toBe(1);
  expect(seen.toSorted()).toEqual([refused, taken].toSorted());
  const { id: userId } = await database.prisma.user.findUniqueOrThrow({ where: { email: refused } });
  expect(said.mock.calls.flat().join(" ")).toContain(`not told of review ${id}`);
  expect(said.mock.calls.flat().join(" ")).toContain(`${userId} (550 No such person)`);
  said.mockRestore();
  seen.length = 0;
  const take = async (_: MailServer, { to }: Mail) => {
    seen.push(to);
    return ok(null);
  };
  expect(await tellPeople(database, new Date(Date.now() + 5 * 60_000), take)).toBe(1);
  expect(seen).toEqual([refused]);
});

it("holds up neither another workspace's nor a time-out", async () => {
  const other = await inboxWorkspace(database);
  await other.api.inbox.setMail({ ...settings, sender: "other@example.com" });
  const asksOne = async (at: typeof house) => {
    const { email } = await database.prisma.user.findUniqueOrThrow({ where: { id: at.editor.userId } });
    return at.waiting(await at.pipeline({ emails: [email], dueMinutes: 1 }));
  };
  await asksOne(house);
  await asksOne(other);
  let letGo = () => {};
  const gone = new Promise<void>((done) => {
    letGo = done;
  });
  let tell = () => {};
  const told = new Promise<void>((done) => {
    tell = done;
  });
  const send = async (by: MailServer) => {
    if (by.sender === settings.sender) await gone;
    else tell();
    return ok(null);
  };
  let now = new Date();
  const stop = keepInbox(database, "all", { send, now: () => now, lookMs: 20 });
  await told;
  const late = await asksOne(house);
  now = new Date(Date.now() + 61_000);
  const stateOf = async () => (await database.prisma.inboxTask.findUniqueOrThrow({ where: { id: late.id } })).state;
  await vi.waitFor(async () => expect(await stateOf()).toBe("timedOut"), { timeout: 30_000 });
  stop();
  letGo();
  await house.ended(late.runId);
});
