/** Splits what a client of PostgreSQL's wire protocol (version 3) sends into whole messages. */
export interface WireReader {
  /** The messages that `bytes` completes, in order. */
  read(bytes: Buffer): ClientMessage[];
}

export type ClientMessage =
  | { readonly kind: "startup"; readonly bytes: Buffer }
  /** A wish for TLS or Kerberos encryption, which a local socket does not need. */
  | { readonly kind: "encryption" }
  | { readonly kind: "cancel" }
  | { readonly kind: "terminate" }
  /** `ends`: the server answers now; what came before has waited for this one. */
  | { readonly kind: "request"; readonly bytes: Buffer; readonly ends: boolean };

const sslRequest = 80877103;
const gssRequest = 80877104;
const cancelRequest = 80877102;
/** Bind parameters make the longest messages; the largest JSON column the app writes is far below this. */
const maxMessageBytes = 256 * 1024 * 1024;

const letter = (text: string) => text.charCodeAt(0);
const terminate = letter("X");
/** Query, Sync, Flush, FunctionCall, CopyDone, CopyFail. */
const endings = new Set([..."QSHFcf"].map(letter));

const readStartup = (bytes: Buffer): ClientMessage => {
  switch (bytes.readInt32BE(4)) {
    case sslRequest:
    case gssRequest:
      return { kind: "encryption" };
    case cancelRequest:
      return { kind: "cancel" };
    default:
      return { kind: "startup", bytes };
  }
};

const readRequest = (bytes: Buffer): ClientMessage => {
  const type = bytes[0] ?? 0;
  return type === terminate ? { kind: "terminate" } : { kind: "request", bytes, ends: endings.has(type) };
};

export const createWireReader = (): WireReader => {
  let pending: Buffer = Buffer.alloc(0);
  let started = false;
  return {
    read: (bytes) => {
      pending = pending.length === 0 ? bytes : Buffer.concat([pending, bytes]);
      const messages: ClientMessage[] = [];
      for (;;) {
        // The first message of a connection has no type byte in front of its length.
        const offset = started ? 1 : 0;
        if (pending.length < offset + 4) return messages;
        const length = offset + pending.readInt32BE(offset);
        if (length < offset + 4 || length > maxMessageBytes)
          throw new Error(`a message of ${length} bytes was announced`);
        if (pending.length < length) return messages;
        const message = started ? readRequest(pending.subarray(0, length)) : readStartup(pending.subarray(0, length));
        pending = pending.subarray(length);
        if (message.kind === "startup") started = true;
        messages.push(message);
      }
    },
  };
};

const readyForQuery = letter("Z");
export const idle = letter("I");

/** The transaction state that the last ReadyForQuery of an answer names; null when it holds none, so that more is to come. */
export const transactionState = (answer: Buffer): number | null => {
  let state: number | null = null;
  for (let at = 0; at + 5 <= answer.length; at += 1 + answer.readInt32BE(at + 1)) {
    if (answer[at] === readyForQuery) state = answer[at + 5] ?? null;
  }
  return state;
};
