/** Keys of nested messages, joined by dots, with their texts. */
export const flattenMessages = (messages: unknown, prefix = ""): readonly (readonly [key: string, text: string])[] => {
  if (typeof messages === "string") return [[prefix, messages]];
  if (typeof messages !== "object" || messages === null) throw new Error(`${prefix} is neither a text nor a group.`);
  return Object.entries(messages).flatMap(([key, value]) => flattenMessages(value, prefix ? `${prefix}.${key}` : key));
};

/** What a message is filled with: `count:plural`, `name:`, `<mark>`. Throws where its braces do not match. */
export const messageArguments = (text: string): ReadonlySet<string> => {
  const found = new Set<string>([...text.matchAll(/<(\w+)>/g)].map(([tag]) => tag));
  let at = 0;
  const fail = (): never => {
    throw new Error(`The braces do not match: ${text}`);
  };
  const readUntil = (stops: string): string => {
    const begin = at;
    while (at < text.length && !stops.includes(text.charAt(at))) at++;
    if (at >= text.length) fail();
    return text.slice(begin, at).trim();
  };
  const readMessage = (nested: boolean): void => {
    for (; at < text.length; at++) {
      if (text[at] === "{") readArgument();
      else if (text[at] === "}") {
        if (!nested) fail();
        return;
      }
    }
    if (nested) fail();
  };
  const readArgument = (): void => {
    at++;
    const name = readUntil(",}");
    if (text[at] === "}") {
      found.add(`${name}:`);
      return;
    }
    at++;
    const type = readUntil(",}");
    found.add(`${name}:${type}`);
    if (text[at] === "}") return;
    at++;
    // Branches: a selector, then a message in braces; or a style without any.
    while (true) {
      readUntil("{}");
      if (text[at] === "}") return;
      at++;
      readMessage(true);
      at++;
    }
  };
  readMessage(false);
  return found;
};
