import type { CacheLookup } from "@/runtime/capability/cache/lookup";
import type { RunErrorData } from "@/runtime/run/errors";
import type { BodyContent, BodyInterface } from "./body";
import type { ReplyOutcome } from "./reply/reply-outcome";

/** How one run of a body ended. `outputs` are those that were reached. */
export type FrameEnd =
  | {
      readonly ok: true;
      readonly outputs: Readonly<Record<string, unknown>>;
      /** The worst of the replies that its steps went on with; left out where all were whole. */
      readonly reply?: ReplyOutcome;
      /**
       * Of a container that is `measured`, millionths of a US dollar that the models took; null where a price was unknown. Left out where the frame ended
       * before a crash.
       */
      readonly costMicroUsd?: number | null;
    }
  | { readonly ok: false; readonly error: RunErrorData };

/** The steps that a container holds, for it to run. */
export interface Frames {
  readonly body: BodyInterface;
  readonly content: BodyContent;
  /** Says how many frames there will be, or at most, for whoever watches. */
  expect(total: number, atMost?: boolean): void;
  /**
   * Runs the body once, under the path `<container>#<index>`. Resolves when it has ended, well or not; never where the container itself was
   * ended. One that ended in an earlier attempt, or before a crash, gives what it gave. Values that the body has no field for are left out.
   * `only`: the steps that run; the others count as a branch that is not taken.
   */
  run(index: number, inputs: Readonly<Record<string, unknown>>, only?: (node: string) => boolean): Promise<FrameEnd>;
  /** Says what came of looking for an answer that would spare the steps. */
  lookedUp(found: CacheLookup): void;
}
