/** @import http from "node:http" */
/** @import net from "node:net" */

/** Bounds of a server's connections. Behind a proxy all come from one address; there the number of an address has to be that of the total. */
export const connectionLimits = {
  total: 4096,
  ofAddress: 1024,
  /** From the connection, or the answer before, to the end of a request's head. */
  headMs: 15_000,
  /** A connection without a request under way. */
  idleMs: 65_000,
  /** A connection whose client takes nothing of what is sent to it: what waits for it is held in memory. */
  stalledMs: 60_000,
  /** How often the first two are looked at. */
  checkMs: 2_000,
};

/** @param {string} status @param {string} code @param {string} message @param {Record<string, string>} [headers] */
const rawAnswer = (status, code, message, headers = {}) => {
  const body = JSON.stringify({ error: { code, message } });
  const lines = Object.entries({
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(body)),
    "x-content-type-options": "nosniff",
    ...headers,
    connection: "close",
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status}\r\n${lines.join("")}\r\n${body}`;
};

const answers = {
  total: rawAnswer(
    "503 Service Unavailable",
    "too-many-connections",
    "Too many connections are open. Try again in a moment.",
    {
      "retry-after": "2",
    },
  ),
  address: rawAnswer(
    "429 Too Many Requests",
    "too-many-connections",
    "Too many connections from this address are open. Close some, or use one for several requests.",
    { "retry-after": "2" },
  ),
  slow: rawAnswer("408 Request Timeout", "request-timeout", "The request did not come in time."),
  head: rawAnswer(
    "431 Request Header Fields Too Large",
    "headers-too-large",
    "The headers of the request are too large.",
  ),
  broken: rawAnswer("400 Bad Request", "not-http", "The request is not valid HTTP."),
};

/** @param {net.Socket} socket @param {string} answer */
const answerAndEnd = (socket, answer) => {
  if (!socket.writable || socket.destroyed) return void socket.destroy();
  socket.on("error", () => socket.destroy());
  socket.end(answer);
  // What is still coming is not waited for.
  socket.resume();
  setTimeout(() => socket.destroy(), 1_000).unref();
};

/**
 * Makes a server refuse, in words, what is beyond its bounds: connections in total and of one address, heads that do not come, requests that are
 * not HTTP. Clients that stop reading are cut off.
 * @param {http.Server} server @param {Partial<typeof connectionLimits>} [limits]
 */
export function boundServer(server, limits = {}) {
  const { total, ofAddress, headMs, idleMs, stalledMs } = { ...connectionLimits, ...limits };
  server.headersTimeout = headMs;
  // Bodies have bounds of their own: an upload may take long as long as it goes on.
  server.requestTimeout = 0;
  server.keepAliveTimeout = idleMs;
  // Silence alone is no fault: a run may take long. Node says it also where bytes wait that nobody has taken.
  server.timeout = stalledMs;
  server.on("timeout", (/** @type {net.Socket} */ socket) => {
    if (socket.writableLength > 0) socket.destroy();
    else socket.setTimeout(stalledMs);
  });
  // Room for those that are told so; beyond it connections are closed without a word.
  server.maxConnections = total + 256;
  let open = 0;
  /** @type {Map<string, number>} */
  const byAddress = new Map();
  // A refused connection never meets the parser, so that no request of it is served.
  const serve = server.listeners("connection");
  server.removeAllListeners("connection");
  server.on("connection", (/** @type {net.Socket} */ socket) => {
    const address = socket.remoteAddress ?? "";
    const here = byAddress.get(address) ?? 0;
    open += 1;
    byAddress.set(address, here + 1);
    socket.once("close", () => {
      open -= 1;
      const left = (byAddress.get(address) ?? 1) - 1;
      if (left > 0) byAddress.set(address, left);
      else byAddress.delete(address);
    });
    if (open <= total && here < ofAddress) {
      for (const listener of serve) listener.call(server, socket);
      return;
    }
    // Those that only wait for another request give their places up; for this one it is too late.
    server.closeIdleConnections();
    answerAndEnd(socket, open > total ? answers.total : answers.address);
  });
  server.on("clientError", (/** @type {Error & { code?: string }} */ error, /** @type {net.Socket} */ socket) => {
    if (error.code === "ECONNRESET") socket.destroy();
    else if (error.code === "ERR_HTTP_REQUEST_TIMEOUT") answerAndEnd(socket, answers.slow);
    else answerAndEnd(socket, error.code === "HPE_HEADER_OVERFLOW" ? answers.head : answers.broken);
  });
}

const whole = /^[1-9]\d{0,6}$/;

/**
 * The numbers of connections that an operator has set: PIPEWRIGHT_CONNECTIONS and PIPEWRIGHT_CONNECTIONS_PER_ADDRESS.
 * @param {Readonly<Record<string, string | undefined>>} environment @returns {Partial<typeof connectionLimits>}
 */
export function readConnectionLimits(environment) {
  /** @type {Partial<typeof connectionLimits>} */
  const limits = {};
  for (const [name, key] of /** @type {const} */ ([
    ["PIPEWRIGHT_CONNECTIONS", "total"],
    ["PIPEWRIGHT_CONNECTIONS_PER_ADDRESS", "ofAddress"],
  ])) {
    const text = environment[name]?.trim() ?? "";
    if (text === "") continue;
    if (!whole.test(text)) throw new Error(`${name} must be a whole number.`);
    limits[key] = Number(text);
  }
  return limits;
}
