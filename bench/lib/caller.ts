import net from "node:net";

const headEnd = Buffer.from("\r\n\r\n");

/**
 * One kept-alive connection that sends the same request again and again. Not node:http's client: that costs as much as the servers that are measured, and shares
 * their processors with them. Takes answers with a content-length, which is what servers send that answer at once.
 */
export class Caller {
  readonly #request: Buffer;
  readonly #socket: net.Socket;
  #received: Buffer[] = [];
  #settle: { readonly resolve: (answer: Buffer) => void; readonly reject: (error: Error) => void } | null = null;
  /** Bytes of the whole answer, once its head is here. */
  #wanted = Number.POSITIVE_INFINITY;
  #bytes = 0;

  constructor({
    url,
    headers,
    body,
  }: { readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: string }) {
    const { hostname, port, pathname, search, host } = new URL(url);
    const all = {
      host,
      "content-type": "application/json",
      "content-length": String(Buffer.byteLength(body)),
      ...headers,
    };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    this.#request = Buffer.from(`POST ${pathname}${search} HTTP/1.1\r\n${lines.join("")}\r\n${body}`);
    this.#socket = net.connect({ host: hostname, port: Number(port), noDelay: true });
    this.#socket.on("data", (bytes: Buffer) => this.#take(bytes));
    this.#socket.on("error", (error) => this.#settle?.reject(error));
    this.#socket.on("close", () => this.#settle?.reject(new Error(`${url} closed the connection`)));
  }

  /** Sends it once more; gives the answer as it stood on the wire. */
  call(): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#socket.write(this.#request);
    });
  }

  close(): void {
    this.#settle = null;
    this.#socket.destroy();
  }

  #take(bytes: Buffer): void {
    this.#received.push(bytes);
    this.#bytes += bytes.length;
    if (this.#wanted === Number.POSITIVE_INFINITY) {
      const so = Buffer.concat(this.#received);
      const end = so.indexOf(headEnd);
      if (end < 0) return;
      const length = /\r\ncontent-length: *(\d+)/i.exec(so.toString("latin1", 0, end))?.[1];
      if (length === undefined) {
        this.#settle?.reject(new Error("the answer says no length"));
        return;
      }
      this.#wanted = end + headEnd.length + Number(length);
    }
    if (this.#bytes < this.#wanted) return;
    const answer = this.#received.length === 1 ? (this.#received[0] as Buffer) : Buffer.concat(this.#received);
    this.#received = [];
    this.#bytes = 0;
    this.#wanted = Number.POSITIVE_INFINITY;
    const settle = this.#settle;
    this.#settle = null;
    settle?.resolve(answer);
  }
}
