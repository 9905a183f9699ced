/** Modifiers that are held, then the key as a keyboard shows it: `["Shift", "Ctrl", "Z"]`, `["Shift", "1"]`, `["?"]`. Ctrl is also the Mac's command key. */
export type KeyStroke = readonly [...("Shift" | "Ctrl" | "Alt")[], string];

/** What a key's event says of the key, where that is not its sign. */
const named: Readonly<Record<string, readonly string[]>> = {
  "↵": ["Enter"],
  Esc: ["Escape"],
  Del: ["Delete", "Backspace"],
  "←": ["ArrowLeft"],
  "→": ["ArrowRight"],
  "↑": ["ArrowUp"],
  "↓": ["ArrowDown"],
};

type Pressed = Pick<KeyboardEvent, "key" | "code" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">;

/**
 * Whether an event is that stroke. A letter or digit under Shift or Alt is known by its place, since a layout may put another sign there; a sign such as `?`
 * is known by itself, however it is typed.
 */
export const strokeMatches = (stroke: KeyStroke, event: Pressed): boolean => {
  const held = new Set<string>(stroke.slice(0, -1));
  const key = stroke.at(-1) ?? "";
  if (held.has("Ctrl") !== (event.ctrlKey || event.metaKey) || held.has("Alt") !== event.altKey) return false;
  const place = /^[A-Z]$/u.test(key) ? `Key${key}` : /^\d$/u.test(key) ? `Digit${key}` : null;
  // A sign is typed with Shift on one keyboard and without on the next.
  if ((place !== null || named[key] !== undefined) && held.has("Shift") !== event.shiftKey) return false;
  if (named[key] !== undefined) return named[key].includes(event.key);
  if (place !== null && (event.altKey || (held.has("Shift") && /^\d$/u.test(key)))) return event.code === place;
  return event.key.toUpperCase() === key.toUpperCase();
};
