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
): Promise<Result<null, string>> => {
  const { host, port, security, username, password, sender } = server;
  try {
    const address = await resolve(host, mode);
    if (!address.ok) return fail(`The mail server's address is blocked. ${address.error}`);
    const connection = await socketTo(address.value, port);
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
    try {
      await transport.sendMail({ from: sender, ...mail });
    } finally {
      transport.close();
      connection.destroy();
    }
    return ok(null);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const message = password ? said.replaceAll(password, "…") : said;
    return fail(`The mail server refused: ${message.slice(0, 300)}`);
  }
};
