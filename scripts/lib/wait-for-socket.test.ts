import { once } from "node:events";
import { createServer } from "node:net";
import { expect, it } from "vitest";
import { createSocketAddress } from "./socket-address.mjs";
import { untilAccepts, untilListened } from "./wait-for-socket.mjs";

it("waits for a process that begins to listen later, and not for ever", async () => {
  const address = await createSocketAddress();
  for (const wait of [untilAccepts, untilListened]) {
    await expect(wait(address, "The database", 50)).rejects.toThrow("The database did not come within 0.05 s.");
  }
  const both = Promise.all([untilAccepts(address, "The database"), untilListened(address, "The database")]);
  const server = createServer().listen(address);
  await once(server, "listening");
  await both;
  server.close();
});
