"use client";

import { useEffect } from "react";
import { useSession } from "../session";
import { useWorkbench } from "../workbench";
import { strokeMatches } from "./key-stroke";
import { useCommandList } from "./use-command-list";
import { useCommands } from "./use-commands";

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(input|textarea|select)$/iu.test(target.tagName) ||
    target.closest(".monaco-editor") !== null);

/** A menu, dialog or list that is open has the keyboard to itself. */
const inOverlay = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest("[role=dialog], [role=menu], [role=listbox], [role=alertdialog]") !== null;

/** Where Delete takes something else away, pressing it once more must not take the step. */
const keepsDelete = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest("[data-keeps-delete]") !== null;

/** The keys of the editor. What is typed into a field is the field's; Ctrl-Enter runs from anywhere. */
export const useKeys = (): void => {
  const { editor, view } = useWorkbench();
  const session = useSession();
  const commands = useCommands();
  const list = useCommandList();

  useEffect(() => {
    const listened = list.filter(({ id, byEvent }) => id !== "run" && !byEvent);
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || isTyping(event.target) || inOverlay(event.target)) return;
      const { readOnly } = editor.getState();
      const command = listened.find(
        ({ keys = [], edits = false, available }) =>
          keys.some((stroke) => strokeMatches(stroke, event)) && !(edits && readOnly) && (available?.() ?? true),
      );
      if (!command || (command.id === "delete" && keepsDelete(event.target))) return;
      event.preventDefault();
      command.run();
    };

    // Before anybody else: to React Flow, Enter with Control on a chosen card means to unchoose it.
    const onRunKey = (event: KeyboardEvent) => {
      if (!strokeMatches(["Ctrl", "↵"], event) || event.isComposing) return;
      // A comparison has a run of its own.
      if (view.getState().comparing !== null) return;
      event.preventDefault();
      event.stopPropagation();
      if (!event.repeat) session.run();
    };

    const onCopy = (event: ClipboardEvent) => {
      if (isTyping(event.target) || inOverlay(event.target) || String(window.getSelection() ?? "") !== "") return;
      const text = commands.copyText();
      if (!text) return;
      event.preventDefault();
      event.clipboardData?.setData("text/plain", text);
      if (event.type === "cut") commands.removeSelection();
    };
    const onPaste = (event: ClipboardEvent) => {
      if (isTyping(event.target) || inOverlay(event.target)) return;
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (commands.paste(text, null)) event.preventDefault();
      else if (text.trim() !== "") commands.refuseClip(text);
    };

    window.addEventListener("keydown", onRunKey, true);
    window.addEventListener("keydown", onKeyDown);
    window.addEventListener("copy", onCopy);
    window.addEventListener("cut", onCopy);
    window.addEventListener("paste", onPaste);
    return () => {
      window.removeEventListener("keydown", onRunKey, true);
      window.removeEventListener("keydown", onKeyDown);
      window.removeEventListener("copy", onCopy);
      window.removeEventListener("cut", onCopy);
      window.removeEventListener("paste", onPaste);
    };
  }, [editor, view, session, commands, list]);
};
