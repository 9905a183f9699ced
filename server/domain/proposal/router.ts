import { router } from "@/server/platform/trpc/procedures";
import { createProposal } from "./create-proposal";
import { acceptProposal, checkProposal, declineProposal, withdrawProposal } from "./decide-proposal";
import { desk, setOpen, tryChanges } from "./desk";
import { getProposal, listProposals } from "./get-proposal";

export const proposalRouter = router({
  desk,
  setOpen,
  try: tryChanges,
  create: createProposal,
  list: listProposals,
  get: getProposal,
  check: checkProposal,
  accept: acceptProposal,
  decline: declineProposal,
  withdraw: withdrawProposal,
});
