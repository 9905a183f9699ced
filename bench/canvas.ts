// Frames a second while a pipeline of 500 steps is moved about: our editor, in the production app, against React Flow alone
// with the same nodes, in the same Chromium and a canvas of the same size.
//   node --import tsx bench/canvas.ts [--nodes 500] [--rounds 5] [--port 18500]
import { readFile } from "node:fs/promises";
import http from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { parseArgs } from "node:util";
import { type Browser, chromium, type Page } from "@playwright/test";
import { build } from "esbuild";
import { browserPath } from "../e2e/fixtures/browser-path";
import type { GraphDocument } from "../runtime/graph/document";
import { startApp } from "./lib/app";

const { values } = parseArgs({
  options: {
    nodes: { type: "string", default: "500" },
    rounds: { type: "string", default: "5" },
    port: { type: "string", default: "18500" },
  },
});
const count = Number(values.nodes);
const rounds = Number(values.rounds);
const limit = 0.8;
const window = { width: 1600, height: 1000 };

/** A grid of prompts, each fed by its left neighbour, every fifth by the one above too. */
const gridOf = (size: number): GraphDocument => {
  const columns = Math.ceil(Math.sqrt(size * 1.2));
  const id = (index: number) => `n${index}`;
  const nodes = Array.from({ length: size }, (_, index) => ({
    id: id(index),
    type: "prompt/chat",
    typeVersion: 1,
    config: { user: `Sum up {{first}}${index % 5 === 0 ? " beside {{second}}" : ""}` },
    label: `Prompt ${index}`,
    disabled: false,
  }));
  const edges = nodes.flatMap((_, index) => {
    const wire = (from: number, port: string) => ({
      id: `${from}-${index}-${port}`,
      from: { node: id(from), port: "text" },
      to: { node: id(index), port },
    });
    const left = index % columns === 0 ? [] : [wire(index - 1, "first")];
    return index % 5 === 0 && index >= columns ? [...left, wire(index - columns, "second")] : left;
  });
  const layout = Object.fromEntries(
    nodes.map((node, index) => [node.id, { x: (index % columns) * 300, y: Math.floor(index / columns) * 190 }]),
  );
  return { schemaVersion: 1, nodes, edges, layout };
};
const graph = gridOf(count);

/** Frames a second that the page drew while `work` went on. */
const framesWhile = async (page: Page, work: () => Promise<void>): Promise<number> => {
  await page.evaluate(() => {
    const record = { times: [] as number[], on: true };
    Object.assign(globalThis, { record });
    const tick = (time: number) => {
      record.times.push(time);
      if (record.on) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  await work();
  const times = await page.evaluate(() => {
    const { record } = globalThis as unknown as { record: { times: number[]; on: boolean } };
    record.on = false;
    return record.times;
  });
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
  return span > 0 ? ((times.length - 1) / span) * 1000 : 0;
};

const sweep = async (page: Page, from: { x: number; y: number }, there: boolean) => {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (let step = 1; step <= 45; step += 1)
    await page.mouse.move(from.x + (there ? 1 : -1) * step * 5, from.y + (there ? 1 : -1) * step * 3);
  await page.mouse.up();
};

/** A place on the canvas, near its middle, that shows a card or the bare pane. */
const placeOf = (page: Page, selector: string, offset: { x: number; y: number }) =>
  page.evaluate(
    ([wanted, dx, dy]) => {
      const pane = document.querySelector(".react-flow")?.getBoundingClientRect();
      if (!pane) throw new Error("There is no canvas.");
      // Outwards from a little left of the middle: the sweep goes to the right and down, and comes back.
      const from = { x: pane.left + pane.width * 0.35 + dx, y: pane.top + pane.height * 0.35 + dy };
      for (let ring = 0; ring < 30; ring += 1)
        for (let turn = 0; turn < 16; turn += 1) {
          const angle = (turn / 16) * 2 * Math.PI;
          const at = { x: from.x + Math.cos(angle) * ring * 9, y: from.y + Math.sin(angle) * ring * 9 };
          const found = document.elementFromPoint(at.x, at.y);
          const isCard = Boolean(found?.closest(".react-flow__node") && !found.closest(".react-flow__handle"));
          if (wanted === "card" ? isCard : found?.matches(wanted)) return at;
        }
      throw new Error(`Nothing on the canvas is ${wanted}.`);
    },
    [selector, offset.x, offset.y] as const,
  );

const measures = {
  pan: async (page: Page, there: boolean) =>
    sweep(page, await placeOf(page, ".react-flow__pane", { x: 0, y: 0 }), there),
  drag: async (page: Page, there: boolean) => sweep(page, await placeOf(page, "card", { x: 0, y: 0 }), there),
} as const;
type Measure = keyof typeof measures;

const bundleOf = async (visibleOnly: boolean, ports: unknown): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [new URL("./lib/bare-canvas.tsx", import.meta.url).pathname],
    bundle: true,
    minify: true,
    write: false,
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    alias: { "@": new URL("..", import.meta.url).pathname },
  });
  const style = await readFile(createRequire(import.meta.url).resolve("@xyflow/react/dist/style.css"), "utf8");
  const setup = JSON.stringify({ document: graph, visibleOnly, ports }).replaceAll("<", "\\u003c");
  return `<!doctype html><meta charset="utf-8"><style>${style} body{margin:0} #root{position:absolute}</style><div id="root"></div><script>window.setup=${setup}</script><script>${outputFiles[0]?.text.replaceAll("</script", "<\\/script") ?? ""}</script>`;
};

const servePages = async (pages: Readonly<Record<string, string>>) => {
  const server = http.createServer((request, response) => {
    const page = pages[request.url ?? ""];
    response.writeHead(page === undefined ? 404 : 200, { "content-type": "text/html; charset=utf-8" });
    response.end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
};

/** What runs in the page is compiled here, by a compiler that marks functions with their names. */
const nameHelper = "globalThis.__name ??= (named) => named";

const openEditor = async (browser: Browser, url: string, cookie: string, id: string): Promise<Page> => {
  const context = await browser.newContext({ viewport: window });
  await context.addInitScript(nameHelper);
  await context.addCookies(
    cookie.split("; ").map((pair) => {
      const at = pair.indexOf("=");
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url };
    }),
  );
  const page = await context.newPage();
  await page.goto(`${url}/pipelines/${id}`);
  await page.locator(".react-flow__node").first().waitFor({ timeout: 60_000 });
  await page.getByRole("button", { name: /^\d+%$/ }).click();
  await page.getByRole("button", { name: "100%" }).waitFor();
  await page.locator(".card:not(.far-card)").first().waitFor();
  return page;
};

const openBare = async (browser: Browser, url: string, size: { width: number; height: number }): Promise<Page> => {
  const context = await browser.newContext({ viewport: window });
  await context.addInitScript(nameHelper);
  const page = await context.newPage();
  await page.goto(url);
  await page.addStyleTag({ content: `#root { width: ${size.width}px; height: ${size.height}px }` });
  await page.locator(".react-flow__node").first().waitFor({ timeout: 60_000 });
  return page;
};

const middle = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;

const app = await startApp(Number(values.port));
const browser = await chromium.launch({ executablePath: await browserPath(), args: ["--no-sandbox"] });
const ports = graph.nodes.map((_, index) => ({
  inputs: index % 5 === 0 ? ["first", "second"] : ["first"],
  outputs: ["text", "usage", "cost"],
}));
const bare = await servePages({ "/all": await bundleOf(false, ports), "/visible": await bundleOf(true, ports) });
try {
  const { id } = await app.mutate<{ id: string }>("pipeline.create", { name: `${count} steps`, document: graph });
  const editor = await openEditor(browser, app.url, app.cookie, id);
  const size = await editor.locator(".react-flow").boundingBox();
  if (!size) throw new Error("The editor shows no canvas.");
  const contenders = {
    editor,
    "react flow": await openBare(browser, `${bare.url}/all`, size),
    "react flow, visible only": await openBare(browser, `${bare.url}/visible`, size),
  };
  const names = Object.keys(contenders) as (keyof typeof contenders)[];
  console.log(
    `${count} steps, ${graph.edges.length} wires, canvas ${Math.round(size.width)} x ${Math.round(size.height)}, zoom 1`,
  );

  let holds = true;
  for (const measure of Object.keys(measures) as Measure[]) {
    const frames = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<
      (typeof names)[number],
      number[]
    >;
    // In turns, so that a busy moment of the machine hits all of them; the first round warms up.
    for (let round = 0; round <= rounds; round += 1)
      for (const name of names) {
        const page = contenders[name];
        await page.bringToFront();
        const drawn = await framesWhile(page, () => measures[measure](page, round % 2 === 0));
        if (round > 0) frames[name].push(drawn);
      }
    const ours = middle(frames.editor);
    console.log(measure);
    for (const name of names) {
      const theirs = middle(frames[name]);
      const ratio = ours / theirs;
      const compared = name === "editor" ? "" : `   editor / this ${ratio.toFixed(2)}`;
      console.log(`  ${name.padEnd(26)} ${theirs.toFixed(1).padStart(5)} frames/s${compared}`);
      if (name !== "editor" && ratio < limit) holds = false;
    }
  }
  console.log(`${holds ? "holds" : "FAILS"}: at least ${limit} of the frames of React Flow alone`);
  process.exitCode = holds ? 0 : 1;
} finally {
  await browser.close();
  bare.close();
  await app.stop();
}
