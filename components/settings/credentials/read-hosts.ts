/** Reads a list of hosts as people paste them: with commas or line breaks, as whole addresses, in capitals, twice. */
export const readHosts = (text: string): string[] => {
  const hosts = text
    .split(/[\s,;]+/)
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== "")
    .map((part) => (/^https?:\/\//.test(part) && URL.canParse(part) ? new URL(part).host : part.replace(/\/$/, "")));
  return [...new Set(hosts)];
};
