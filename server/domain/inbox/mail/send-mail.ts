import { lookup } from "node:dns/promises";
import { connect, isIP, type Socket } from "node:net";
import { createTransport } from "nodemailer";
import { fail, ok, type Result } from "@/runtime/graph/result";
import { checkAddress, type EgressMode, readEgressMode } from "@/server/platform/egress/egress-policy";
import type { MailServer } from "./mail.types";

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const waitMs = 15_000;
/** One mail as a whole, from looking the server up: a server that sends a letter now and then is never idle. */
const mailMs = 30_000;

/** An address of the server that may be called, as it is called: what was judged is what is connected to. */
const resolve = async (host: string, mode: EgressMode): Promise<Result<string, string>> => {
  const addresses = isIP(host) === 0 ? (await lookup(host, { all: true })).map(({ address }) => address) : [host];
  let refused = "The name has no address.";
  for (const address of addresses) {
    const checked = checkAddress(address, mode);
    if (checked.ok) return ok(address);
    refused = checked.error.message;
  }
  return fail(refused);
};

const socketTo = (host: string, port: number): Promise<Socket> =>
  new Promise((done, failed) => {
    const socket = connect({ host, port });
    socket.setTimeout(waitMs, () => socket.destroy(new Error("The mail server did not answer.")));
    socket.once("error", failed);
    socket.once("connect", () => {
      socket.setTimeout(0);
      done(socket);
    });
  });

/** Hands one mail to the server, through the rules for outgoing calls. The error is an English sentence that holds no password. */
export const sendMail = async (
  server: MailServer,
  mail: Mail,
  mode: EgressMode = readEgressMode(),
  most: number = mailMs,
): Promise<Result<null, string>> => {
  const { host, port, security, username, password, sender } = server;
  let close = () => {};
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, failed) => {
    timer = setTimeout(() => {
      isOver = true;
      close();
      failed(new Error(`It took longer than ${most / 1000} seconds.`));
    }, most);
  });
  try {
    const address = await Promise.race([resolve(host, mode), over]);
    if (!address.ok) return fail(`The mail server's address is blocked. ${address.error}`);
    const connecting = socketTo(address.value, port);
    // One that comes about too late is not left open.
    connecting.then((late) => isOver && late.destroy()).catch(() => {});
    const connection = await Promise.race([connecting, over]);
    const transport = createTransport({
      host,
      port,
      connection,
      secure: security === "tls",
      requireTLS: security === "starttls",
      ignoreTLS: security === "none",
      ...(username === "" ? {} : { auth: { user: username, pass: password ?? "" } }),
      greetingTimeout: waitMs,
      socketTimeout: waitMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    close = () => {
      transport.close();
      connection.destroy();
    };
    await Promise.race([transport.sendMail({ from: sender, ...mail }), over]);
    return ok(null);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const message = password ? said.replaceAll(password, "…") : said;
    return fail(`The mail server refused: ${message.slice(0, 300)}`);
  } finally {
    clearTimeout(timer);
    close();
  }
};
