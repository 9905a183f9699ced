/** The look shared by everything one types or chooses in. */
export const fieldStyle =
  "w-full min-w-0 rounded-md border border-line-strong bg-surface px-2 text-fg text-sm transition-colors placeholder:text-faint hover:border-faint focus-visible:border-ring focus-visible:outline-2 focus-visible:outline-offset-0 focus-visible:outline-ring/40 aria-invalid:border-error disabled:cursor-not-allowed disabled:bg-sunken disabled:text-faint";
