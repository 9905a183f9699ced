import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { apiRoutes } from "@/server/api/http/front/api-routes";
import { publicRoutes } from "@/server/platform/guard/public-list";
import { isPublicPage, publicPages } from "@/server/platform/guard/public-pages";
import { guardRoute, type RouteGuard, routeGuards } from "./route";

const root = path.resolve(import.meta.dirname, "../../..");
const filesUnder = (folder: string): string[] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" }).map((file) =>
    path.posix.join(folder, file.replaceAll("\\", "/")),
  );
const app = filesUnder("app");

/** `app/(workbench)/runs/[id]/page.tsx` -> `/runs/[id]` */
const urlOf = (file: string): string => {
  const parts = path.posix.dirname(file).split("/").slice(1);
  return `/${parts.filter((part) => !part.startsWith("(")).join("/")}`;
};

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
type Exports = Readonly<Record<string, unknown>>;

/** Everything wrong with who may call a route; empty when each of its methods went through the guard. */
const routeFaults = (url: string, exported: Exports): string[] =>
  Object.entries(exported).flatMap(([method, handler]) => {
    if (!methods.includes(method)) return [];
    const name = `${method} ${url}`;
    const guard: RouteGuard | undefined = typeof handler === "function" ? routeGuards.get(handler) : undefined;
    if (guard === undefined) return [`${name} has no guard`];
    if (guard.auth === "public" && !Object.hasOwn(publicRoutes, name)) return [`${name} is public but not on the list`];
    return [];
  });

const routes = app.filter((file) => /\/route\.[jt]sx?$/.test(file));
const load = async (file: string): Promise<Exports> => import(path.join(root, file));

it("every route is behind the guard, or on the public list", async () => {
  expect(routes.length).toBeGreaterThan(4);
  const found: string[] = [];
  for (const file of routes) found.push(...routeFaults(urlOf(file), await load(file)));
  expect(found).toEqual([]);
});

it("the front door knows every route with its methods, and no other", async () => {
  const found: Record<string, string[]> = {};
  for (const file of routes) {
    const url = urlOf(file);
    if (/^\/(?:api|v1)\//.test(url))
      found[url] = Object.keys(await load(file)).filter((name) => methods.includes(name));
  }
  expect(apiRoutes).toEqual(found);
});

it("a route that is not is found out", () => {
  const answer = () => new Response();
  const exported = {
    GET: answer,
    POST: guardRoute({ auth: "public" }, answer),
    PUT: guardRoute({ auth: "session", role: "editor" }, answer),
    dynamic: "force-dynamic",
  };
  expect(routeFaults("/x", exported)).toEqual(["GET /x has no guard", "POST /x is public but not on the list"]);
});

it("every name on the public list is a route", async () => {
  const names = new Set<string>();
  for (const file of routes) for (const method of Object.keys(await load(file))) names.add(`${method} ${urlOf(file)}`);
  for (const listed of Object.keys(publicRoutes)) expect(names).toContain(listed);
});

it("every page is behind the sign-in, or on the public list", () => {
  const pages = app.filter((file) => /\/page\.[jt]sx?$/.test(file));
  expect(pages.length).toBeGreaterThan(1);
  const open = pages.filter((file) => !file.startsWith("app/(workbench)/")).map(urlOf);
  expect(open.sort()).toEqual([...publicPages].sort());
  expect(readFileSync(path.join(root, "app/(workbench)/layout.tsx"), "utf8")).toContain("await requirePageMember()");
});

it("only the listed pages count as public, however they are written", () => {
  expect(isPublicPage("/sign-in")).toBe(true);
  expect(isPublicPage("/sign-in/")).toBe(true);
  expect(isPublicPage(`/reports/${"a".repeat(32)}`)).toBe(true);
  const reports = [
    "/reports",
    "/reports/",
    "/reports/short",
    `/reports/${"a".repeat(32)}/x`,
    `/reports/${"a".repeat(31)}.`,
  ];
  for (const other of ["/", "", "/sign-in/x", "/sign-in.txt", "/pipelines", "//sign-in", ...reports])
    expect(isPublicPage(other)).toBe(false);
});

it("there is no other way in: no server actions, no pages folder", () => {
  const sources = [...app, ...filesUnder("components"), ...filesUnder("server")].filter((file) =>
    /\.[jt]sx?$/.test(file),
  );
  const actions = sources.filter((file) => /^\s*["']use server["']/m.test(readFileSync(path.join(root, file), "utf8")));
  expect(actions).toEqual([]);
  expect(existsSync(path.join(root, "pages"))).toBe(false);
});
