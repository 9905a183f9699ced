import { createServer, type Server, type Socket } from "node:net";
import type { Client, SessionQueue } from "./session-queue";
import { createWireReader } from "./wire-messages";

const serve = (socket: Socket, queue: SessionQueue) => {
  const reader = createWireReader();
  let unit: Buffer[] = [];
  const client: Client = {
    reply: (answer) => socket.write(answer),
    drop: () => socket.destroy(new Error("a transaction was left open for too long")),
  };
  socket.setNoDelay(true);
  // A broken connection is said by `close`, which always follows.
  socket.on("error", () => {});
  socket.on("close", () => queue.leave(client));
  socket.on("data", (bytes: Buffer) => {
    try {
      for (const message of reader.read(bytes)) {
        switch (message.kind) {
          case "encryption":
            socket.write("N");
            break;
          case "cancel":
          case "terminate":
            socket.end();
            break;
          case "startup":
            queue.submit(client, [message.bytes]);
            break;
          case "request":
            unit.push(message.bytes);
            if (!message.ends) break;
            queue.submit(client, unit);
            unit = [];
            break;
          default:
            message satisfies never;
        }
      }
    } catch (error) {
      socket.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  });
};

/** Speaks PostgreSQL's wire protocol on a Unix socket or a Windows pipe. */
export const listenOn = (address: string, queue: SessionQueue): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => serve(socket, queue));
    server.once("error", reject);
    server.listen(address, () => {
      server.off("error", reject);
      resolve(server);
    });
  });
