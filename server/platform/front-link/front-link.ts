import { rm } from "node:fs/promises";
import http from "node:http";
import { z } from "zod";

/**
 * What the interface tells the process that answers published pipelines: what it remembers and must not any more, and which run to cancel. It is
 * told before whoever changed something is answered, so that a revoked key is refused from then on.
 */
export const frontMessage = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("key-changed"), keyHash: z.string() }),
  z.strictObject({ type: z.literal("deployment-changed"), slug: z.string() }),
  z.strictObject({ type: z.literal("endpoints-changed"), workspaceId: z.string() }),
  z.strictObject({ type: z.literal("origins-changed"), workspaceId: z.string() }),
  z.strictObject({ type: z.literal("resume-run"), runId: z.string() }),
  z.strictObject({ type: z.literal("cancel-run"), runId: z.string(), workspaceId: z.string() }),
  /** How many places at an endpoint, or at a model of it, are for callers; null: all. It is answered with `PlacesWanted`. */
  z.strictObject({
    type: z.literal("share-places"),
    shares: z.array(z.strictObject({ workspaceId: z.string(), key: z.string(), places: z.int().min(0).nullable() })),
  }),
]);
export type FrontMessage = z.output<typeof frontMessage>;

/** How many places callers have or wait for, in the order of the question. */
export const placesWanted = z.array(z.int().min(0));

const longestMessage = 64 * 1024;
/** A process that does not take a message in this time has lost what it remembered, or will. */
const waitMs = 2_000;

const agent = new http.Agent({ keepAlive: true, timeout: 30_000 });

/** Resolves when it was taken, or when nobody is there to take it: a process that starts later remembers nothing. */
export const tellFront = async (
  message: FrontMessage,
  socketPath: string | undefined = process.env.PIPEWRIGHT_FRONT_SOCKET,
): Promise<void> => {
  await askFront(message, socketPath).catch((error: unknown) =>
    console.error(`the process of published pipelines was not told of ${message.type}:`, String(error)),
  );
};

/** The same with what it answers; null where nobody is there to be asked. */
export const askFront = (
  message: FrontMessage,
  socketPath: string | undefined = process.env.PIPEWRIGHT_FRONT_SOCKET,
): Promise<string | null> => {
  if (!socketPath) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const body = JSON.stringify(message);
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const request = http.request({ socketPath, agent, method: "POST", path: "/", headers, timeout: waitMs });
    request.once("response", (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      response.once("close", () => resolve(text));
    });
    request.once("timeout", () => request.destroy(new Error("no answer")));
    request.once("error", reject);
    request.end(body);
  });
};

// biome-ignore lint/suspicious/noConfusingVoidType: most messages are answered by nothing but having been taken.
export type FrontAnswer = z.output<typeof placesWanted> | void;

/** Listens for messages; resolves to a function that stops it. */
export const listenForMessages = async (
  socketPath: string,
  take: (message: FrontMessage) => FrontAnswer | Promise<FrontAnswer>,
): Promise<() => void> => {
  const server = http.createServer(async (incoming, outgoing) => {
    try {
      let text = "";
      for await (const part of incoming.setEncoding("utf8")) {
        text += part;
        if (text.length > longestMessage) throw new Error("the message is too long");
      }
      const answer = await take(frontMessage.parse(JSON.parse(text)));
      if (answer === undefined) outgoing.writeHead(204).end();
      else outgoing.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
    } catch (error) {
      console.error("a message of the interface was not understood:", error);
      outgoing.writeHead(400).end();
    }
  });
  // Where the one before was killed, its socket is still there.
  if (process.platform !== "win32") await rm(socketPath, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(socketPath, resolve);
  });
  return () => {
    server.close();
    server.closeAllConnections();
  };
};
