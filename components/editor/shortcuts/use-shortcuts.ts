"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { toast } from "@/components/ui/toaster";
import { useSession } from "../session";
import { useCommands } from "../use-commands";
import { useWorkbench } from "../workbench";

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

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The keys of the editor. What is typed into a field is the field's; Ctrl-Enter runs from anywhere. */
export const useShortcuts = (): void => {
  const { editor, view } = useWorkbench();
  const session = useSession();
  const commands = useCommands();
  const t = useTranslations("editor");

  useEffect(() => {
    const withControl = (event: KeyboardEvent): (() => void) | null => {
      switch (event.key.toLowerCase()) {
        case "z":
          return () => (event.shiftKey ? editor.getState().redo() : editor.getState().undo());
        case "y":
          return () => editor.getState().redo();
        case "a":
          return commands.selectAll;
        case "d":
          return commands.duplicate;
        default:
          return null;
      }
    };
    const plain = (event: KeyboardEvent): (() => void) | null => {
      const step = steps[event.key];
      if (step && editor.getState().selection.nodes.size > 0) {
        const by = event.shiftKey ? 40 : 4;
        return () => commands.nudge(step[0] * by, step[1] * by);
      }
      switch (event.key) {
        case "Delete":
        case "Backspace":
          return keepsDelete(event.target) ? null : commands.removeSelection;
        case "Escape":
          return () => {
            const { selection, scope, select } = editor.getState();
            const nothing = view.getState().quickAdd === null && selection.nodes.size + selection.edges.size === 0;
            view.setState({ quickAdd: null, renaming: null });
            if (nothing && scope.length > 0) commands.leave(scope.length - 1);
            else select({});
          };
        case "c":
        case "C":
          return editor.getState().selection.nodes.size === 1 ? commands.connectByName : null;
        case "/":
          return () => {
            view.setState({ paletteOpen: true });
            requestAnimationFrame(() => document.getElementById("palette-search")?.focus());
          };
        case "?":
          return () => view.setState({ shortcutsOpen: true });
        case "!":
          return commands.fit;
        case "h":
          return () => view.setState({ tool: "hand" });
        case "v":
          return () => view.setState({ tool: "select" });
        case "F2": {
          const [only, ...others] = editor.getState().selection.nodes;
          return only !== undefined && others.length === 0 ? () => view.setState({ renaming: only }) : null;
        }
        default:
          return null;
      }
    };

    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const control = event.ctrlKey || event.metaKey;
      if (isTyping(event.target) || inOverlay(event.target) || event.altKey) return;
      const action = control ? withControl(event) : plain(event);
      if (!action) return;
      event.preventDefault();
      action();
    };

    // Before anybody else: to React Flow, Enter with Control on a chosen card means to unchoose it.
    const onRunKey = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
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
      else if (text.trim() !== "") toast.info(t("pasteUnknown"));
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
  }, [editor, view, session, commands, t]);
};
