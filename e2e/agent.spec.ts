import http from "node:http";
import type { AddressInfo } from "node:net";
import { startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { call } from "./fixtures/call";
import { expect, test } from "./fixtures/test";

const node = (id: string, type: string, config: object) => ({ id, type, typeVersion: 1, config, disabled: false });
const wire = (from: string, to: string) => {
  const [source = "", sourcePort = ""] = from.split(".");
  const [target = "", targetPort = ""] = to.split(".");
  return { id: `${from}-${to}`, from: { node: source, port: sourcePort }, to: { node: target, port: targetPort } };
};

test("an agent calls a web service that OpenAPI describes with a credential, after code has prepared its question", async ({
  page,
}) => {
  const model = await startFakeOpenAiServer();
  const asked: string[] = [];
  const description = [
    "openapi: 3.1.0",
    "info: {title: Weather, version: '2'}",
    "security: [{key: []}]",
    "components: {securitySchemes: {key: {type: http, scheme: bearer}}}",
    "paths:",
    "  /{city}:",
    "    get:",
    "      operationId: get_weather",
    "      summary: Tells the weather.",
    "      parameters:",
    "        - {in: path, name: city, required: true, schema: {type: string}}",
    "        - {in: query, name: unit, schema: {type: string}}",
    "    delete: {summary: Forgets a city.}",
  ].join("\n");
  const service = http.createServer((request, response) => {
    if (request.url === "/openapi.yaml") return response.end(description);
    asked.push(`${request.url} ${request.headers.authorization}`);
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ weather: "sunny", you: request.headers.authorization }));
  });
  await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(service.address() as AddressInfo).port}`;
  try {
    await call(page, "workspace.update", { toolHosts: [host] });
    const secret = "sk-canary-of-the-weather";
    await call(page, "credential.create", { name: "weather", hosts: [host], settings: { kind: "bearer" }, secret });
    await call(page, "endpoint.create", {
      name: "Tool caller",
      slug: "tool-caller",
      replicas: [{ baseUrl: model.baseUrl }],
      models: [{ name: "tools", chat: true }],
    });
    const { id } = await call(page, "pipeline.create", {
      name: "Weather agent",
      document: {
        schemaVersion: 1,
        nodes: [
          node("in", "io/input", { fields: [{ name: "q", title: "Question", kind: "text", required: true }] }),
          node("code", "tool/code", { code: "return { result: inputs.text.trim().toUpperCase() };" }),
          node("agent", "agent/tools", { model: "tool-caller/tools" }),
          node("out", "io/output", { outputs: [{ name: "answer", title: "Answer" }] }),
        ],
        edges: [wire("in.q", "code.text"), wire("code.result", "agent.text"), wire("agent.text", "out.answer")],
        layout: { in: { x: 0, y: 0 }, code: { x: 300, y: 0 }, agent: { x: 600, y: 0 }, out: { x: 900, y: 0 } },
      },
    });
    await page.goto(`/pipelines/${id}`);
    await page.locator('.react-flow__node[data-id="agent"]').click();
    await page.getByRole("button", { name: "From OpenAPI …" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Address" }).fill(`http://${host}/openapi.yaml`);
    await dialog.getByRole("button", { name: "Read" }).click();
    await expect(dialog.getByRole("textbox", { name: "Address before every path" })).toHaveValue(`http://${host}`);
    await dialog.getByRole("checkbox", { name: "GET /{city}" }).click();
    await expect(dialog).toContainText("Signs in: Bearer token");
    await dialog.getByRole("combobox", { name: "Credential" }).click();
    await page.getByRole("option", { name: /weather/ }).click();
    await dialog.getByRole("button", { name: "Take one tool" }).click();
    await expect(page.getByRole("button", { name: "get_weather · HTTP request" })).toBeVisible();
    await page.getByRole("textbox", { name: "Question" }).fill(" weather in paris? ");
    await page.keyboard.press("Control+Enter");
    await expect(page.getByTestId("run-result")).toContainText("sunny");
    expect(asked).toEqual([`/text Bearer ${secret}`]);
    await expect(page.getByTestId("run-result")).not.toContainText("canary");
    // Whether it is there is asked as well, without a body.
    const [chat] = model.requests.filter(({ body }) => body !== null);
    expect(chat?.body).toMatchObject({ messages: [{ role: "user", content: "WEATHER IN PARIS?" }] });
    await page.getByRole("tab", { name: "Last run" }).click();
    await page
      .getByTestId("tool-calls")
      .getByRole("button", { name: /get_weather/ })
      .click();
    await expect(page.getByTestId("tool-calls")).toContainText('{"city":"text"}');
    await expect(page.getByTestId("tool-calls")).not.toContainText("canary");
  } finally {
    service.closeAllConnections();
    service.close();
    await model.close();
  }
});
