import http from "node:http";
import { expect, it, vi } from "vitest";
import { createSocketAddress } from "@/scripts/lib/socket-address.mjs";
import { type FrontMessage, listenForMessages, tellFront } from "./front-link";

const message: FrontMessage = { type: "key-changed", keyHash: "abc" };

it("is answered when the message was dealt with, not before", async () => {
  const socket = await createSocketAddress();
  const taken: FrontMessage[] = [];
  let finish = () => {};
  const dealt = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const stop = await listenForMessages(socket, async (said) => {
    taken.push(said);
    await dealt;
  });
  let answered = false;
  const told = tellFront(message, socket).then(() => {
    answered = true;
  });
  await vi.waitFor(() => expect(taken).toEqual([message]));
  expect(answered).toBe(false);
  finish();
  await told;
  stop();
});

it("is no matter where no other process answers published pipelines, and goes on where it is not there", async () => {
  const said = vi.spyOn(console, "error").mockImplementation(() => {});
  await tellFront(message, undefined);
  expect(said).not.toHaveBeenCalled();
  await tellFront(message, `${await createSocketAddress()}-nobody`);
  expect(said).toHaveBeenCalledOnce();
});

it("takes the place of a socket that a killed process left, and refuses what is no message", async () => {
  const said = vi.spyOn(console, "error").mockImplementation(() => {});
  const socket = await createSocketAddress();
  const first = await listenForMessages(socket, () => {});
  const stop = await listenForMessages(socket, () => {
    throw new Error("not dealt with");
  });
  const send = (body: string) =>
    new Promise<number>((resolve) => {
      const request = http.request({ socketPath: socket, method: "POST" }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      request.end(body);
    });
  expect(await send('{"type":"unknown"}')).toBe(400);
  expect(await send("x".repeat(70_000))).toBe(400);
  expect(await send(JSON.stringify(message))).toBe(400);
  expect(said).toHaveBeenCalledTimes(3);
  stop();
  first();
});
