import { z } from "zod";

/** `api.example.com`, `api.example.com:8443`, `*.example.com`, `127.0.0.1:8080`, `[::1]:8080`. */
export const hostRule = z
  .string()
  .trim()
  .toLowerCase()
  .min(1)
  .max(260)
  .regex(
    /^(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]{0,62})?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,62})?){0,30}|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/,
    "Write a host such as api.example.com, *.example.com or 10.0.0.5:8080, without http:// and without a path.",
  );

const portOf = (url: URL): string => url.port || (url.protocol === "https:" ? "443" : "80");

/** Whether an address lies on a host that a rule names. A rule without a port means every port; `*.` means every name below, not the name itself. */
export const matchesHost = (url: URL, rule: string): boolean => {
  const [, name = "", port] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(rule) ?? [];
  if (port !== undefined && port !== portOf(url)) return false;
  const host = url.hostname.toLowerCase().replace(/\.$/, "");
  return name.startsWith("*.") ? host.endsWith(name.slice(1)) && host.length > name.length - 1 : host === name;
};
