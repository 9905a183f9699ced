import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { Locale } from "@/runtime/node/localized";

export type Messages = Record<string, Record<string, unknown>>;

const cache = new Map<Locale, Messages>();

/** Every `messages/<locale>/<namespace>.json`, by namespace: adding a namespace is adding one file a language. */
export const loadMessages = async (locale: Locale, options: { readonly cached: boolean }): Promise<Messages> => {
  const known = options.cached ? cache.get(locale) : undefined;
  if (known) return known;
  const folder = path.join(/* turbopackIgnore: true */ process.cwd(), "messages", locale);
  const files = (await readdir(folder)).filter((file) => file.endsWith(".json")).sort();
  const messages = Object.fromEntries(
    await Promise.all(
      files.map(async (file) => [
        path.basename(file, ".json"),
        JSON.parse(await readFile(path.join(folder, file), "utf8")) as Record<string, unknown>,
      ]),
    ),
  ) as Messages;
  cache.set(locale, messages);
  return messages;
};
