/** What a browser's own name for itself says; null where it says nothing that we know. */
export interface Device {
  readonly browser: string | null;
  readonly system: string | null;
}

// In this order: most browsers also name those that they are made of.
const browsers = [
  ["Edg", "Edge"],
  ["OPR/", "Opera"],
  ["Firefox/", "Firefox"],
  ["FxiOS/", "Firefox"],
  ["CriOS/", "Chrome"],
  ["HeadlessChrome/", "Chrome"],
  ["Chrome/", "Chrome"],
  ["Safari/", "Safari"],
  ["curl/", "curl"],
] as const;

const systems = [
  ["iPhone", "iOS"],
  ["iPad", "iPadOS"],
  ["Android", "Android"],
  ["Windows", "Windows"],
  ["Mac OS X", "macOS"],
  ["CrOS", "ChromeOS"],
  ["Linux", "Linux"],
] as const;

const first = (agent: string, known: readonly (readonly [string, string])[]): string | null =>
  known.find(([mark]) => agent.includes(mark))?.[1] ?? null;

/** Reads a User-Agent for people: which browser on which system. */
export const describeAgent = (agent: string | null): Device => ({
  browser: first(agent ?? "", browsers),
  system: first(agent ?? "", systems),
});
