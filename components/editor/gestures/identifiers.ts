/** Gives a fresh random word of lower-case letters and digits. Passed in, so that tests decide. */
export type RandomWord = (length: number) => string;

const alphabet = "0123456789abcdefghijkmnpqrstuvwxyz";

export const randomWord: RandomWord = (length) =>
  Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => alphabet[byte % alphabet.length]).join("");

/** `chat-k3f9`: the name of the node's type and a random word, so that two people's new nodes never meet. */
export const newNodeId = (type: string, taken: ReadonlySet<string>, random: RandomWord): string => {
  const name = (type.split("/").at(-1) ?? "node").replace(/[^a-z0-9-]/gu, "").slice(0, 40) || "node";
  for (let length = 4; ; length += 1) {
    const id = `${name}-${random(length)}`;
    if (!taken.has(id)) return id;
  }
};

export const newEdgeId = (random: RandomWord): string => `wire-${random(10)}`;
