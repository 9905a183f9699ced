"use client";

import { useEffect, useRef, useState } from "react";

interface CellEditorProps {
  readonly label: string;
  readonly text: string;
  /** With how far the focus goes on: rows and columns. */
  readonly onCommit: (text: string, rowBy: number, columnBy: number) => void;
  readonly onCancel: () => void;
}

/** A text that lies over its cell while it is edited, and grows with its lines. */
export function CellEditor({ label, text: given, onCommit, onCancel }: CellEditorProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(given);
  const done = useRef(false);
  useEffect(() => {
    const element = area.current;
    element?.focus();
    element?.setSelectionRange(element.value.length, element.value.length);
  }, []);
  const commit = (rowBy: number, columnBy: number) => {
    if (done.current) return;
    done.current = true;
    onCommit(text, rowBy, columnBy);
    done.current = false;
  };
  return (
    <textarea
      ref={area}
      aria-label={label}
      value={text}
      maxLength={100_000}
      rows={Math.min(8, Math.max(1, text.split("\n").length, Math.ceil(text.length / 60)))}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => commit(0, 0)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
          event.preventDefault();
          commit(1, 0);
        } else if (event.key === "Tab") {
          event.preventDefault();
          commit(0, event.shiftKey ? -1 : 1);
        } else if (event.key === "Escape") {
          done.current = true;
          onCancel();
        }
      }}
      className="absolute inset-x-0 top-0 z-30 min-h-9 resize-none rounded-sm bg-raised px-3 py-2 text-sm shadow-pop outline-2 outline-ring -outline-offset-1"
    />
  );
}
