// The server a careful engineer writes by hand for one flow: node:http and the openai SDK, no key, no record, no steps.
//   node --import tsx bench/lib/bare-server.ts <base URL of the model server>
import http from "node:http";
import type { AddressInfo } from "node:net";
import OpenAI from "openai";

const client = new OpenAI({ apiKey: "unused", baseURL: process.argv[2], maxRetries: 0 });

const server = http.createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { model, q, stream } = JSON.parse(Buffer.concat(chunks).toString());
  const messages = [{ role: "user" as const, content: `Answer shortly: ${q}` }];
  if (stream === true) {
    response.writeHead(200, { "content-type": "text/event-stream" });
    for await (const part of await client.chat.completions.create({ model, messages, stream: true })) {
      const delta = part.choices[0]?.delta.content;
      if (delta) response.write(`data: ${JSON.stringify(delta)}\n\n`);
    }
    response.end("data: [DONE]\n\n");
    return;
  }
  const reply = await client.chat.completions.create({ model, messages });
  const body = JSON.stringify({ answer: `Result: ${reply.choices[0]?.message.content}` });
  response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) });
  response.end(body);
});
server.keepAliveTimeout = 120_000;
server.listen(0, "127.0.0.1", () => console.log(`ready http://127.0.0.1:${(server.address() as AddressInfo).port}`));
