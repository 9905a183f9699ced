import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";

/** Makes a prompt of the library and then says which; a failure is told by a toast. */
export const useCreatePrompt = (onCreated: (id: string) => void) => {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  return useMutation(
    trpc.prompt.create.mutationOptions({
      onError,
      onSuccess: ({ id }) => {
        void queries.invalidateQueries({ queryKey: trpc.prompt.pathKey() });
        onCreated(id);
      },
    }),
  );
};
