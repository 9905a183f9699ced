import { once } from "node:events";
import http from "node:http";
import net, { type AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { ignoreUpgrades } from "./ignore-upgrades.mjs";

it("answers a request that offers another protocol, though somebody listens for upgrades, and keeps the connection", async () => {
  const server = http.createServer((incoming, outgoing) => {
    incoming.resume().on("end", () => outgoing.end(`answered ${incoming.method}`));
  });
  ignoreUpgrades(server);
  server.on("upgrade", (_, socket) => socket.destroy());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const socket = net.connect((server.address() as AddressInfo).port, "127.0.0.1");
  const offer = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__";
  let answer = "";
  socket.on("data", (bytes) => {
    answer += bytes;
    if (!/answered POST$/.test(answer)) return;
    socket.write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  });
  socket.write(`POST / HTTP/1.1\r\nHost: x\r\n${offer}\r\nContent-Length: 2\r\n\r\n{}`);
  await once(socket, "close");
  expect(answer.match(/HTTP\/1.1 200 OK/g)).toHaveLength(2);
  expect(answer).toMatch(/answered POST[\s\S]*answered GET/);
  server.close();
});
