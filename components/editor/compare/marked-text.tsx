import type { TextPart } from "./text-difference";

/** What a text has more and less than another one: new words by colour and underline, left-out ones struck through. */
export function MarkedText({ parts }: { readonly parts: readonly TextPart[] }) {
  return parts.map(({ kind, text }, index) =>
    kind === "same" ? (
      text
    ) : kind === "added" ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: stretches are told apart by their place alone.
      <ins key={index} className="rounded-sm bg-ok-soft text-ok underline decoration-1 underline-offset-2">
        {text}
      </ins>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above.
      <del key={index} className="rounded-sm bg-error-soft text-error">
        {text}
      </del>
    ),
  );
}
