/** The JSON object in a model's reply: the reply itself, or what stands between braces after words, a code fence or thoughts. undefined: there is none. */
export const jsonIn = (text: string): unknown => {
  const to = text.lastIndexOf("}") + 1;
  for (const from of [0, text.indexOf("{"), text.lastIndexOf("{")])
    try {
      return JSON.parse(from === 0 ? text : text.slice(from, to));
    } catch {
      // The next place may begin it.
    }
  return undefined;
};
