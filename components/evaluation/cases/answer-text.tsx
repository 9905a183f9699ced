interface AnswerTextProps {
  readonly text: string;
  /** The answer that this one is held against; null: none. */
  readonly reference: string | null;
}

/** An answer; where it is held against another one, what it says otherwise is marked. */
export function AnswerText({ text }: AnswerTextProps) {
  return <p className="whitespace-pre-wrap break-words text-sm">{text}</p>;
}
