/** @import http from "node:http" */

/**
 * Answers requests that offer another protocol (`Upgrade: h2c`, as Java's client and `curl --http2` do with every request) in HTTP/1.1, as if they had
 * not offered it. The framework listens for upgrades that the app has no use for; as long as anybody listens, Node hands no such request on.
 *
 * @param {http.Server} server
 */
export function ignoreUpgrades(server) {
  server.on("newListener", (event, listener) => {
    if (event === "upgrade") queueMicrotask(() => server.removeListener("upgrade", listener));
  });
}
