import { ApplicationError } from "@/server/platform/guard/application-error";

interface Saved {
  readonly revision: number;
  readonly updatedAt: Date;
}

/** What somebody is told whose page shows an older draft than the saved one. `hint` says what to do. */
export const staleRevision = ({ revision, updatedAt }: Saved, hint: string): ApplicationError =>
  new ApplicationError("CONFLICT", "This pipeline was changed elsewhere since you opened it.", {
    reason: "stale-revision",
    hint,
    conflict: { revision, updatedAt },
  });

/** Refuses a draft that is not the one that the person saw. `then` is what they wanted to do: "run it". */
export const requireRevision = (draft: Saved, seen: number, then: string): void => {
  if (draft.revision !== seen) throw staleRevision(draft, `Load the newer version, then ${then}.`);
};
