import fc from "fast-check";
import { expect, it } from "vitest";
import { applyOperation } from "@/runtime/graph/edit/apply";
import { graphHash } from "@/runtime/graph/hash";
import { validDocument } from "@/runtime/testing/graph-arbitrary";
import { restoreVersion } from "./restore-version";

it("a restored version does what it did, cards that stayed stand where they stood, and one undo takes it all back", () => {
  fc.assert(
    fc.property(validDocument, validDocument, (current, version) => {
      const step = applyOperation(current, { type: "batch", operations: restoreVersion(current, version) });
      expect(graphHash(step.document)).toBe(graphHash(version));
      for (const [id, place] of Object.entries(current.layout))
        if (version.nodes.some((node) => node.id === id)) expect(step.document.layout[id]).toEqual(place);
      expect(applyOperation(step.document, step.inverse).document).toEqual(current);
    }),
  );
});
