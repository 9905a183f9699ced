/** One input of a step that is about to run alone. */
export interface GivenInput {
  readonly port: string;
  readonly title: string;
  readonly isText: boolean;
  readonly optional: boolean;
  /** What comes along the wire, as far as is known. */
  readonly value: unknown;
}

export interface ReadGiven {
  /** What was written, by port. */
  readonly given: Readonly<Record<string, unknown>>;
  /** Ports that were emptied: the step runs without them, whatever was recorded there. */
  readonly cleared: readonly string[];
  readonly faults: Readonly<Record<string, "missing" | "notJson">>;
}

/** What a person wrote over the inputs that a step got last. What was not touched is left out; an emptied text is an empty text, anything else that was emptied is nothing. */
export const readGiven = (inputs: readonly GivenInput[], texts: Readonly<Record<string, string>>): ReadGiven => {
  const given: Record<string, unknown> = {};
  const cleared: string[] = [];
  const faults: Record<string, "missing" | "notJson"> = {};
  for (const { port, isText, optional, value } of inputs) {
    const text = texts[port];
    if (text === undefined) {
      if (value === undefined && !optional) faults[port] = "missing";
    } else if (isText) given[port] = text;
    else if (text.trim() === "") {
      if (optional) cleared.push(port);
      else faults[port] = "missing";
    } else {
      try {
        given[port] = JSON.parse(text);
      } catch {
        faults[port] = "notJson";
      }
    }
  }
  return { given, cleared, faults };
};
