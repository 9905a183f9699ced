import type { AddressInfo } from "node:net";
import { createServer, type Server, type Socket } from "node:net";

export interface MailSink {
  readonly port: number;
  /** Whole mails as they were sent, in order. */
  readonly mails: readonly string[];
  /** Answers every mail with this from now on, e.g. `550 No`; null takes them. */
  refuseWith(answer: string | null): void;
  close(): Promise<void>;
}

/** For tests: a mail server on this machine that keeps what it is sent. Speaks as much of SMTP as a client without TLS needs, AUTH PLAIN included. */
export const startMailSink = async (): Promise<MailSink> => {
  const mails: string[] = [];
  let refusal: string | null = null;
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    let text = "";
    let inData = false;
    const say = (line: string) => socket.write(`${line}\r\n`);
    say("220 sink ready");
    socket.setEncoding("utf8").on("data", (piece: string) => {
      text += piece;
      for (;;) {
        const end = inData ? text.indexOf("\r\n.\r\n") : text.indexOf("\r\n");
        if (end < 0) return;
        const part = text.slice(0, end);
        text = text.slice(end + (inData ? 5 : 2));
        if (inData) {
          inData = false;
          mails.push(part);
          say("250 taken");
          continue;
        }
        const verb = part.slice(0, 4).toUpperCase();
        if (verb === "EHLO") say("250-sink\r\n250 AUTH PLAIN");
        else if (verb === "DATA" && refusal === null) {
          inData = true;
          say("354 go on");
        } else if (verb === "DATA") say(refusal ?? "");
        else if (verb === "AUTH") say("235 welcome");
        else if (verb === "QUIT") {
          say("221 bye");
          socket.end();
        } else say("250 ok");
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    mails,
    refuseWith: (answer) => {
      refusal = answer;
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
};
