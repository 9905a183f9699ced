const fence = "```";

/** What stands in the code fence that a whole text is, or else the text itself. Linear, for models that fill a reply with blanks. */
export const withoutFence = (text: string): string => {
  const whole = text.trim();
  const line = whole.indexOf("\n");
  if (line < 0 || !whole.startsWith(fence) || !whole.endsWith(fence)) return text;
  const language = whole.slice(fence.length, line).trim().toLowerCase();
  return language === "" || language === "json" ? whole.slice(line + 1, -fence.length) : text;
};
