import { describe, expect, test } from "vitest";
import { type KeyStroke, strokeMatches } from "./key-stroke";

const press = (key: string, held: Partial<Record<"shift" | "ctrl" | "meta" | "alt", boolean>> = {}, code = "") => ({
  key,
  code,
  shiftKey: held.shift ?? false,
  ctrlKey: held.ctrl ?? false,
  metaKey: held.meta ?? false,
  altKey: held.alt ?? false,
});

describe("a key stroke", () => {
  test.each<[KeyStroke, ReturnType<typeof press>]>([
    [["Ctrl", "Z"], press("z", { ctrl: true })],
    [["Ctrl", "Z"], press("z", { meta: true })],
    [["Shift", "Ctrl", "Z"], press("Z", { ctrl: true, shift: true })],
    [["C"], press("c")],
    // With Caps Lock.
    [["C"], press("C")],
    [["Del"], press("Backspace")],
    [["Shift", "1"], press("!", { shift: true }, "Digit1")],
    // A French keyboard types digits with Shift.
    [["Shift", "1"], press("1", { shift: true }, "Digit1")],
    [["?"], press("?", { shift: true }, "Slash")],
    [["?"], press("?", {}, "KeyM")],
    [["/"], press("/", { shift: true }, "Digit7")],
    // On a Mac, Alt makes another sign of the letter.
    [["Alt", "A"], press("å", { alt: true }, "KeyA")],
    [["Shift", "Alt", "T"], press("ˇ", { alt: true, shift: true }, "KeyT")],
    [["Shift", "←"], press("ArrowLeft", { shift: true })],
  ])("%j is known", (stroke, event) => {
    expect(strokeMatches(stroke, event)).toBe(true);
  });

  test.each<[KeyStroke, ReturnType<typeof press>]>([
    [["Ctrl", "Z"], press("z")],
    [["Ctrl", "Z"], press("Z", { ctrl: true, shift: true })],
    [["Ctrl", "Z"], press("z", { ctrl: true, alt: true })],
    [["C"], press("c", { ctrl: true })],
    [["C"], press("C", { shift: true })],
    [["Shift", "1"], press("1", {}, "Digit1")],
    [["Alt", "A"], press("a", {}, "KeyA")],
    [["←"], press("ArrowLeft", { shift: true })],
    [["?"], press("/", {}, "Slash")],
  ])("%j is not taken for another", (stroke, event) => {
    expect(strokeMatches(stroke, event)).toBe(false);
  });
});
